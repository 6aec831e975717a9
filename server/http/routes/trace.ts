import { ENDPOINTS } from '@/lib/api/endpoints'
import { getSkeleton } from '@/server/services/traces/get-skeleton'
import { getTrace } from '@/server/services/traces/get-trace'
import { route } from '../route'

export const GET = route(ENDPOINTS.trace, ({ ctx, input, params }) =>
  input.view === 'skeleton' ? getSkeleton(ctx, params.traceId, input) : getTrace(ctx, params.traceId, input),
)
