import 'reflect-metadata';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Controller, Get, SetMetadata, type Type } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { Mutation, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { Test, type TestingModule } from '@nestjs/testing';
import { DeclaredVerbs } from '../../src/platform/http/declared-verbs.js';
import { VERB } from '../../src/platform/http/verb.js';
import { Verb } from '../../src/platform/index.js';

@Controller()
class WellDeclared {
  @Get('read')
  @Verb('workspace.read')
  read(): string {
    return 'read';
  }

  @Get('open')
  @Verb('agency.list', { anonymous: true })
  open(): string {
    return 'open';
  }

  notAHandler(): string {
    return 'never served';
  }
}

@Resolver()
class DeclaredResolver {
  @Verb('workspace.list')
  @Query(() => String)
  list(): string {
    return 'list';
  }
}

@Controller()
class UndeclaredRoute {
  @Get('oops')
  oops(): string {
    return 'oops';
  }
}

@Resolver()
class UndeclaredQuery {
  @Query(() => String)
  oops(): string {
    return 'oops';
  }
}

@Resolver()
class UndeclaredMutation {
  @Mutation(() => String)
  oops(): string {
    return 'oops';
  }
}

@Resolver('Workspace')
class UndeclaredFieldResolver {
  @ResolveField(() => String)
  oops(): string {
    return 'oops';
  }
}

@Controller()
class UnknownVerb {
  @Get('oops')
  @SetMetadata(VERB, { verb: 'workspace.erase-everything', anonymous: false })
  oops(): string {
    return 'oops';
  }
}

@Controller()
class OpenToAnybody {
  @Get('oops')
  @Verb('workspace.read', { anonymous: true })
  oops(): string {
    return 'oops';
  }
}

/** Boots an application of these handlers and the rule that looks at them. */
async function boot(...handlers: readonly Type[]): Promise<TestingModule> {
  const controllers = handlers.filter((handler) => Reflect.hasMetadata('__controller__', handler));
  const providers = handlers.filter((handler) => !controllers.includes(handler));
  const application = await Test.createTestingModule({ imports: [DiscoveryModule], controllers, providers: [DeclaredVerbs, ...providers] }).compile();
  return application.init();
}

describe('an application whose handlers all declare a verb', () => {
  let application: TestingModule;

  beforeAll(async () => {
    application = await boot(WellDeclared, DeclaredResolver);
  });

  afterAll(() => application.close());

  it('boots, with each handler found and nothing else', () => {
    const found = application.get(DeclaredVerbs).handlers();
    expect(found.map(({ name, declared }) => [name, declared?.verb])).toEqual([
      ['WellDeclared.read', 'workspace.read'],
      ['WellDeclared.open', 'agency.list'],
      ['DeclaredResolver.list', 'workspace.list'],
    ]);
  });
});

describe('an application does not boot when', () => {
  it.each<[string, Type, string]>([
    ['a route declares no verb', UndeclaredRoute, 'UndeclaredRoute.oops declares no verb'],
    ['a query declares no verb', UndeclaredQuery, 'UndeclaredQuery.oops declares no verb'],
    ['a mutation declares no verb', UndeclaredMutation, 'UndeclaredMutation.oops declares no verb'],
    ['a field resolver declares no verb', UndeclaredFieldResolver, 'UndeclaredFieldResolver.oops declares no verb'],
    ['a route declares a verb that no policy knows', UnknownVerb, 'UnknownVerb.oops declares the unknown verb workspace.erase-everything'],
    ['a route lets anybody try what needs a session', OpenToAnybody, 'OpenToAnybody.oops lets anybody try workspace.read'],
  ])('%s', async (_, faulty, sentence) => {
    await expect(boot(WellDeclared, DeclaredResolver, faulty)).rejects.toThrow(sentence);
  });
});

describe('every fault', () => {
  it('is named at once', async () => {
    await expect(boot(UndeclaredRoute, WellDeclared, UndeclaredQuery)).rejects.toThrow(
      /UndeclaredRoute\.oops declares no verb.*UndeclaredQuery\.oops declares no verb/s,
    );
  });
});
