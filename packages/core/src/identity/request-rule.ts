/** A kind of request that a credential may be confined to. */
export interface RequestRule {
  /** Type of a service in the catalog, such as `compute`. */
  readonly service: string;
  readonly method: string;
  /** `*` and `{name}` stand for one part of a path, `**` for any number of them. */
  readonly path: string;
}

/** Whether a request is of one of the kinds. HEAD asks for what GET does. */
export function isAmong(rules: readonly RequestRule[], { service, method, path }: RequestRule): boolean {
  const asked = method === 'HEAD' ? ['HEAD', 'GET'] : [method];
  return rules.some((rule) => rule.service === service && asked.includes(rule.method) && patternOf(rule).test(path));
}

/** A slash at the end means nothing, as everywhere on these doors. */
function patternOf({ path }: RequestRule): RegExp {
  const parts = path
    .replace(/\/+$/, '')
    .split(/(\*\*|\*|\{[^{}/]*\})/)
    .map((part) => {
      if (part === '**') return '.*';
      return part === '*' || /^\{.*\}$/.test(part) ? '[^/]+' : part.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
    });
  return new RegExp(`^${parts.join('')}/?$`);
}
