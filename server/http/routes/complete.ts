import { ENDPOINTS } from '@/lib/api/endpoints'
import { completeSearch } from '@/server/services/complete/complete-search'
import { route } from '../route'

export const POST = route(ENDPOINTS.complete, ({ ctx, input }) => completeSearch(ctx, input))
