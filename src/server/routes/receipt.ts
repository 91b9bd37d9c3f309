/** What a bulk write answers. */
import { z } from 'zod'

export const receiptSchema = z.strictObject({ accepted: z.number().int().min(0) })
