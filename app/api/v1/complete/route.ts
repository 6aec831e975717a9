import { ENDPOINTS } from '@/lib/api/endpoints'
import { route } from '@/server/http/route'
import { completeSearch } from '@/server/services/complete/complete-search'

export const POST = route(ENDPOINTS.complete, ({ ctx, input }) => completeSearch(ctx, input))
