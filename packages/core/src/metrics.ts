import { collectDefaultMetrics, Histogram, Registry } from 'prom-client';

/** What a program counts, in Prometheus' text form at /metrics. */
export interface Metrics {
  readonly registry: Registry;
  /** Seconds until a request was answered, by route and never by raw path; of a stream, until it began. */
  readonly httpSeconds: Histogram<'method' | 'route' | 'status'>;
}

/** A registry for one program, with the process's own figures and the label `service`. */
export function openMetrics(service: string): Metrics {
  const registry = new Registry();
  registry.setDefaultLabels({ service });
  collectDefaultMetrics({ register: registry });
  const httpSeconds = new Histogram({
    name: 'unkai_http_request_seconds',
    help: 'Seconds until a request was answered; of a stream, until it began.',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    registers: [registry],
  });
  return { registry, httpSeconds };
}
