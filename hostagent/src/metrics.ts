import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';

export const metrics = new Registry();
collectDefaultMetrics({ register: metrics, prefix: 'unkai_agent_' });

const rounds = new Counter({
  name: 'unkai_agent_rounds_total',
  help: 'Ensures and purges by noun and outcome.',
  labelNames: ['noun', 'outcome'],
  registers: [metrics],
});
const roundSeconds = new Histogram({
  name: 'unkai_agent_round_seconds',
  help: 'Time of one ensure or purge.',
  labelNames: ['noun'],
  buckets: [0.005, 0.02, 0.1, 0.5, 2, 10, 60],
  registers: [metrics],
});

/** Counts one ensure or purge that began at `startedAt` (performance.now()). */
export function countRound(noun: string, outcome: string, startedAt: number): void {
  rounds.inc({ noun, outcome });
  roundSeconds.observe({ noun }, (performance.now() - startedAt) / 1000);
}

/** Publishes figures that are looked up when they are asked for. */
export function publishGauges(gauges: Readonly<Record<string, { help: string; read: () => number }>>): void {
  for (const [name, { help, read }] of Object.entries(gauges)) {
    metrics.removeSingleMetric(name);
    new Gauge({
      name,
      help,
      registers: [metrics],
      collect() {
        this.set(read());
      },
    });
  }
}
