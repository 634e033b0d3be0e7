import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';

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

/** The figures of a console gateway; `openCount` is asked at each look. Gives what to call with each console's end. */
export function countConsoles({ registry }: Metrics, openCount: () => number): (reason: string) => void {
  const ended = new Counter({
    name: 'unkai_console_ended_total',
    help: 'Consoles that ended, by reason.',
    labelNames: ['reason'],
    registers: [registry],
  });
  const open: Gauge = new Gauge({
    name: 'unkai_console_open',
    help: 'Consoles that are open at this moment.',
    registers: [registry],
    collect: (): void => open.set(openCount()),
  });
  return (reason) => ended.inc({ reason });
}
