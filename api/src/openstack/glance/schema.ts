import { diskFormat, imageVisibility } from '@unkai/contracts/resources/image';
import { imageMemberState } from '@unkai/contracts/resources/image-member';
import type { Answer, Route } from '../service.ts';

const text = { type: 'string' } as const;
const shown = { readOnly: true } as const;
const maybe = (type: 'string' | 'integer') => ({ type: ['null', type] });

/** What an image is, as a JSON schema; clients tell fields from notes by it. */
const image = {
  name: 'image',
  properties: {
    id: { ...text, ...shown, description: 'An identifier for the image' },
    name: { ...maybe('string'), maxLength: 255, description: 'What it is called' },
    status: {
      ...text,
      ...shown,
      enum: ['queued', 'saving', 'active', 'pending_delete'],
      description: 'Where it stands',
    },
    visibility: { ...text, enum: imageVisibility.options, description: 'Who may use it' },
    protected: { type: 'boolean', description: 'Whether it cannot be deleted' },
    os_hidden: { type: 'boolean', ...shown, description: 'Always false' },
    checksum: { ...maybe('string'), ...shown, description: 'Always null: see os_hash_value' },
    os_hash_algo: { ...maybe('string'), ...shown, description: 'sha256 once there are bytes' },
    os_hash_value: { ...maybe('string'), ...shown, description: 'The digest of the bytes' },
    owner: { ...maybe('string'), description: 'The project that it belongs to' },
    size: { ...maybe('integer'), ...shown, description: 'Bytes of the file' },
    virtual_size: { ...maybe('integer'), ...shown, description: 'Bytes of the disk in it' },
    container_format: { ...text, enum: ['bare'], description: 'Always bare' },
    disk_format: { ...text, enum: diskFormat.options, description: 'The format of the file' },
    created_at: { ...text, ...shown, description: 'When it was announced' },
    updated_at: { ...text, ...shown, description: 'When it last changed' },
    tags: { type: 'array', items: { ...text, maxLength: 60 }, description: 'Labels' },
    self: { ...text, ...shown, description: 'Its path' },
    file: { ...text, ...shown, description: 'The path of its bytes' },
    schema: { ...text, ...shown, description: 'The path of this document' },
    min_ram: { type: 'integer', description: 'MiB of memory that it needs' },
    min_disk: { type: 'integer', description: 'GiB of disk that it needs' },
    description: { ...text, description: 'What it is for' },
  },
  additionalProperties: text,
  links: [
    { rel: 'self', href: '{self}' },
    { rel: 'enclosure', href: '{file}' },
    { rel: 'describedby', href: '{schema}' },
  ],
};

const images = {
  name: 'images',
  properties: { images: { type: 'array', items: image }, first: text, next: text, schema: text },
  links: [
    { rel: 'first', href: '{first}' },
    { rel: 'next', href: '{next}' },
    { rel: 'describedby', href: '{schema}' },
  ],
};

const member = {
  name: 'member',
  properties: {
    image_id: { ...text, ...shown, description: 'The image that is shared' },
    member_id: { ...text, description: 'The project that it is shared with' },
    status: { ...text, enum: imageMemberState.options, description: 'What the project says to it' },
    created_at: { ...text, ...shown, description: 'When it was shared' },
    updated_at: { ...text, ...shown, description: 'When the project last answered' },
    schema: { ...text, ...shown, description: 'The path of this document' },
  },
};

const members = { name: 'members', properties: { members: { type: 'array', items: member }, schema: text } };

const told = (body: unknown) => (): Answer => ({ status: 200, body });

export const schemaRoutes: readonly Route[] = [
  { method: 'GET', path: '/v2/schemas/image', answer: told(image) },
  { method: 'GET', path: '/v2/schemas/images', answer: told(images) },
  { method: 'GET', path: '/v2/schemas/member', answer: told(member) },
  { method: 'GET', path: '/v2/schemas/members', answer: told(members) },
];
