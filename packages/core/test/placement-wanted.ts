/** A small server that says nothing about where it is to be. */
export const wanted = {
  hostId: null,
  vcpus: 1,
  memoryMib: 512,
  diskGib: 1,
  availabilityZone: null,
  architecture: 'x86_64',
  imageId: null,
  projectId: null,
  extraSpecs: {},
  imageProperties: {},
};
