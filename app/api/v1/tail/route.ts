import { ENDPOINTS } from '@/lib/api/endpoints'
import { eventStream } from '@/server/http/event-stream'
import { route } from '@/server/http/route'
import { tailRecords } from '@/server/services/tail/tail-records'

export const GET = route(ENDPOINTS.tail, async ({ ctx, input }) => eventStream(tailRecords(ctx, input), ctx))
