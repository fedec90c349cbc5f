import { Injectable } from '@nestjs/common';
import { Counter, Gauge, Histogram, Registry, collectDefaultMetrics } from 'prom-client';

const SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];

/**
 * The figures an operator watches, in Prometheus form. Labels come from closed sets (route patterns, verbs, codes), never
 * from input: a label an attacker can choose is a memory leak and a side channel.
 */
@Injectable()
export class Metrics {
  private readonly registry = new Registry();

  private readonly requests = new Histogram({
    name: 'concordat_http_request_seconds',
    help: 'Time to answer a request, by route pattern, method and status.',
    labelNames: ['method', 'route', 'status'],
    buckets: SECONDS,
    registers: [this.registry],
  });

  private readonly jobs = new Histogram({
    name: 'concordat_job_seconds',
    help: 'Time one job took, by effect and outcome.',
    labelNames: ['effect', 'outcome'],
    buckets: SECONDS,
    registers: [this.registry],
  });

  private readonly refusals = new Counter({
    name: 'concordat_refusals_total',
    help: 'Acts refused, by code.',
    labelNames: ['code'],
    registers: [this.registry],
  });

  constructor() {
    collectDefaultMetrics({ register: this.registry });
  }

  /** One request answered. `route` is the pattern (`/workspaces/:id`), never the address. */
  request(method: string, route: string, status: number, seconds: number): void {
    this.requests.observe({ method, route, status: String(status) }, seconds);
  }

  /** One job done, failed for now, or given up. */
  job(effect: string, outcome: 'done' | 'retry' | 'dead', seconds: number): void {
    this.jobs.observe({ effect, outcome }, seconds);
  }

  /** One act refused with a code of the closed set. */
  refused(code: string): void {
    this.refusals.inc({ code });
  }

  /** Registers a number read whenever metrics are collected, for example how many events wait. */
  gauge(name: `concordat_${string}`, help: string, read: () => Promise<number>): void {
    const gauge: Gauge = new Gauge({
      name,
      help,
      registers: [this.registry],
      async collect() {
        this.set(await read());
      },
    });
    gauge.set(0);
  }

  /** Everything, as the text format Prometheus scrapes, with its content type. */
  async scrape(): Promise<{ readonly contentType: string; readonly text: string }> {
    return { contentType: this.registry.contentType, text: await this.registry.metrics() };
  }
}
