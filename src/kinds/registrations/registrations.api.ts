import { z } from 'zod';

import { callerOf, endpoint, type Endpoint } from '../../platform/api/api.ts';
import { idOf } from '../../platform/api/requests.ts';
import type { House } from '../../services/house/house.ts';
import { register, unregister } from './registrations.ts';

const registrationJson = z
  .object({
    state: z.enum(['registered', 'waiting']).meta({ description: 'A seat, or a place in the waiting list' }),
    place: z.int().optional().meta({ description: 'In the waiting list, from 1 on' }),
  })
  .meta({ id: 'Registration', description: 'What somebody has at an event' });

/** Take a seat, or give it back. */
export const registrationsApi = ({ jobs }: House): Endpoint[] => [
  endpoint({
    method: 'put',
    path: '/events/{id}/registration',
    summary: 'Take a seat, or a place in the waiting list',
    answers: { 200: registrationJson },
    errors: [401, 404, 409, 410],
    handle: async (call) => ({ status: 200, body: await register(call.em, jobs, callerOf(call), idOf(call)) }),
  }),
  endpoint({
    method: 'delete',
    path: '/events/{id}/registration',
    summary: 'Give a seat or a place back',
    answers: { 204: null },
    errors: [401, 404, 409, 410],
    handle: async (call) => {
      await unregister(call.em, jobs, callerOf(call), idOf(call));
      return { status: 204 };
    },
  }),
];
