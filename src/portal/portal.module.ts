import fastifyStatic from '@fastify/static';
import { Module, type OnModuleInit, type Type } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { FastifyInstance } from 'fastify';
import { PlatformGraphqlModule } from '../platform/graphql/graphql.module.js';
import { Api } from './api.js';
import type { Page } from './page/page.js';
import { pages } from './pages/index.js';
import { ASSET_FOLDER } from './rendering/asset-files.js';
import { EntranceController } from './rendering/entrance.controller.js';
import { controllerFor } from './rendering/page-controller.js';
import { PageHost } from './rendering/page-host.js';
import { Views } from './rendering/views.js';

const classes = [...new Set<Type<Page<unknown>>>(pages.map(([, page]) => page))];

/** The web portal: pages over the same GraphQL schema as every other client. */
@Module({
  imports: [PlatformGraphqlModule],
  controllers: [...pages.map(([path, page]) => controllerFor(path, page)), EntranceController],
  providers: [Api, PageHost, { provide: Views, useFactory: () => new Views() }, ...classes],
})
export class PortalModule implements OnModuleInit {
  constructor(private readonly host: HttpAdapterHost) {}

  /** Assets are the same for everybody and carry a digest in their address, so they may be kept for ever. */
  async onModuleInit(): Promise<void> {
    const fastify = this.host.httpAdapter.getInstance<FastifyInstance>();
    await fastify.register(fastifyStatic, {
      root: ASSET_FOLDER,
      prefix: '/assets/',
      decorateReply: false,
      index: false,
      immutable: true,
      maxAge: '365d',
    });
  }
}
