import { newUser } from './new-user';
import type { Protocol } from './protocol';

export const PROTOCOLS: Readonly<Record<string, Protocol>> = { 'new-user': newUser };
