import { z } from 'zod';

/** What a project can be limited in. Counted from the rows themselves in the transaction that spends (H8). */
export const quotaCatalog = {
  servers: { label: 'Servers', unit: '', initial: 20 },
  vcpus: { label: 'vCPU', unit: '', initial: 40 },
  memoryMib: { label: 'Memory', unit: 'MiB', initial: 81_920 },
  images: { label: 'Images', unit: '', initial: 20 },
  imageBytes: { label: 'Image bytes', unit: 'B', initial: 107_374_182_400 },
  networks: { label: 'Networks', unit: '', initial: 10 },
  subnets: { label: 'Subnets', unit: '', initial: 20 },
  ports: { label: 'Ports', unit: '', initial: 100 },
  securityGroups: { label: 'Security groups', unit: '', initial: 20 },
  securityGroupRules: { label: 'Security group rules', unit: '', initial: 200 },
} as const satisfies Record<string, { label: string; unit: string; initial: number }>;

export type QuotaName = keyof typeof quotaCatalog;
const names = Object.keys(quotaCatalog).filter((key): key is QuotaName => key in quotaCatalog);
export const quotaNames: readonly QuotaName[] = names;
export const quotaName = z.enum(names);

/** As good as no limit: what a number in JSON can hold. */
export const unlimited = Number.MAX_SAFE_INTEGER;

/** Null puts a limit back to what every project begins with. */
export const limitsUpdate = z.strictObject({
  limits: z.partialRecord(quotaName, z.number().int().min(0).max(unlimited).nullable()),
});

export const limit = z.object({
  name: quotaName,
  label: z.string(),
  unit: z.string(),
  used: z.number(),
  limit: z.number(),
});
export type Limit = z.infer<typeof limit>;
