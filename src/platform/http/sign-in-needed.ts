import { UnauthorizedException } from '@nestjs/common';

/** Thrown where a session is needed and there is none. The portal answers it with the sign-in page. */
export class SignInNeeded extends UnauthorizedException {
  constructor() {
    super({ code: 'sign-in-again', message: 'Sign in with your agency to go on.' });
  }
}
