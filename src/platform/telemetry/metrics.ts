import { Injectable } from '@nestjs/common';
import { Gauge, Histogram, Registry, collectDefaultMetrics } from 'prom-client';

const SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];

/**
 * The figures an operator watches, in Prometheus form. Labels come from closed sets (route patterns, verbs, codes), never
 * from input: a label an attacker can choose is a memory leak and a side channel.
 */
@Injectable()
export class Metrics {
  private readonly registry = new Registry();
  private readonly readers: (() => Promise<void>)[] = [];

  private readonly requests = new Histogram({
    name: 'concordat_http_request_seconds',
    help: 'Time to answer a request, by route pattern, method and status.',
    labelNames: ['method', 'route', 'status'],
    buckets: SECONDS,
    registers: [this.registry],
  });

  constructor() {
    collectDefaultMetrics({ register: this.registry });
  }

  /** One request answered. `route` is the pattern (`/workspaces/:id`), never the address. */
  request(method: string, route: string, status: number, seconds: number): void {
    this.requests.observe({ method, route, status: String(status) }, seconds);
  }

  /** Registers numbers read together whenever metrics are collected, for example what waits in the database. */
  gauges<Name extends string>(helps: Readonly<Record<Name, string>>, read: () => Promise<Readonly<Record<Name, number>>>): void {
    const names = Object.keys(helps) as Name[];
    const gauges = names.map((name) => [name, new Gauge({ name: `concordat_${name}`, help: helps[name], registers: [] })] as const);
    for (const [, gauge] of gauges) this.registry.registerMetric(gauge);
    this.readers.push(async () => {
      const values = await read();
      for (const [name, gauge] of gauges) gauge.set(values[name]);
    });
  }

  /** Everything, as the text format Prometheus scrapes, with its content type. */
  async scrape(): Promise<{ readonly contentType: string; readonly text: string }> {
    await Promise.all(this.readers.map((read) => read()));
    return { contentType: this.registry.contentType, text: await this.registry.metrics() };
  }
}
