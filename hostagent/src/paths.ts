import { join } from 'node:path';

/** Everything of one server. All of it is closed to the user that its QEMU becomes, which keeps only what it has open. */
export type ServerPaths = {
  folder: string;
  disk: string;
  /** What the agent remembers of the guest: starts, ends, acts carried out. */
  record: string;
  /** What QEMU itself says, which matters when it does not start. */
  qemuLog: string;
  serialLog: string;
  olderSerialLog: string;
  /** Folder of the sockets. */
  run: string;
  qmp: string;
  serial: string;
  screen: string;
  guestAgent: string;
};

/** The disk of a server that moves: on its way here, or waiting for its server. */
type MigrationPaths = { folder: string; received: string; disk: string };

export type Paths = {
  home: string;
  credential: string;
  /** What it asks to have as its credential, until it knows that it has. */
  proposedCredential: string;
  /** The lease that this host last had. */
  lease: string;
  /** Desired specs by noun and id, see state.ts. */
  state: string;
  images: string;
  image(id: string): string;
  servers: string;
  sockets: string;
  server(id: string): ServerPaths;
  migrations: string;
  migration(id: string): MigrationPaths;
  /** Folder of the network half: dnsmasq files, leases, what it must remember. */
  network: string;
};

/** sun_path of a unix socket takes 107 bytes and a NUL. */
const socketPathLimit = 107;

/**
 * Layout of the host's folder. Ids are UUIDs checked at the door, so a path never leaves the folder (A20).
 * Throws when the folder's name does not fit into QEMU's options, or is too long for the unix sockets in it.
 */
export function hostPaths(home: string): Paths {
  // QEMU's options end at a comma.
  if (!/^\/[^,\n]+$/.test(home)) throw new Error(`UNKAI_HOST_HOME (${home}) must be an absolute path without commas.`);
  const longest = join(home, 'run', '0'.repeat(36), 'serial');
  if (Buffer.byteLength(longest) > socketPathLimit) {
    const most = socketPathLimit - (Buffer.byteLength(longest) - Buffer.byteLength(home));
    throw new Error(`UNKAI_HOST_HOME (${home}) is too long for unix sockets: choose a path of at most ${most} bytes.`);
  }
  return {
    home,
    credential: join(home, 'credential.json'),
    proposedCredential: join(home, 'credential-proposed.json'),
    lease: join(home, 'lease.json'),
    state: join(home, 'state'),
    images: join(home, 'images'),
    image: (id) => join(home, 'images', id),
    servers: join(home, 'servers'),
    sockets: join(home, 'run'),
    server: (id) => serverPaths(join(home, 'servers', id), join(home, 'run', id)),
    migrations: join(home, 'migrations'),
    migration: (id) => migrationPaths(join(home, 'migrations', id)),
    network: join(home, 'network'),
  };
}

function migrationPaths(folder: string): MigrationPaths {
  return { folder, received: join(folder, 'received'), disk: join(folder, 'disk.qcow2') };
}

function serverPaths(folder: string, run: string): ServerPaths {
  return {
    folder,
    disk: join(folder, 'disk.qcow2'),
    record: join(folder, 'record.json'),
    qemuLog: join(folder, 'qemu.log'),
    serialLog: join(folder, 'serial.log'),
    olderSerialLog: join(folder, 'serial.log.1'),
    run,
    qmp: join(run, 'qmp'),
    serial: join(run, 'serial'),
    screen: join(run, 'screen'),
    guestAgent: join(run, 'qga'),
  };
}
