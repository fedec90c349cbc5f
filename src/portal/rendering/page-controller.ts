import { Controller, Get, Inject, Post, Req, Res, UseFilters, type Type } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { Verb } from '../../platform/index.js';
import type { Page } from '../page/page.js';
import type { Path } from '../paths.js';
import { FaultPages } from './fault-pages.js';
import { PageHost, type PortalRequest } from './page-host.js';

/** The controller that serves one page at one address of the registry. */
export function controllerFor(path: Path<string>, page: Type<Page<unknown>>): Type {
  @Controller()
  @UseFilters(FaultPages)
  class PageController {
    constructor(
      private readonly host: PageHost,
      @Inject(page) private readonly page: Page<unknown>,
    ) {}

    @Get(path.pattern)
    @Verb('page.read')
    show(@Req() request: PortalRequest, @Res() reply: FastifyReply): Promise<void> {
      return this.host.show(this.page, request, reply);
    }

    @Post(path.pattern)
    @Verb('page.read')
    answer(@Req() request: PortalRequest, @Res() reply: FastifyReply): Promise<void> {
      return this.host.answer(this.page, request, reply);
    }
  }
  Object.defineProperty(PageController, 'name', { value: `${page.name}Controller` });
  return PageController;
}
