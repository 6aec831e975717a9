import { ENDPOINTS } from '@/lib/api/endpoints'
import { tailRecords } from '@/server/services/tail/tail-records'
import { eventStream } from '../event-stream'
import { route } from '../route'

export const GET = route(ENDPOINTS.tail, async ({ ctx, input }) =>
  eventStream((signal) => tailRecords({ ...ctx, signal }, input), ctx),
)
