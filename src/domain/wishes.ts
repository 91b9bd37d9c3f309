/** What a person wishes of their own pages: sliders of their own, 0 = as it is for everybody. */
import { z } from 'zod'
import type { WishName } from './wish-names.ts'

const wish = z.number().min(-1).max(1)

export const wishesSchema = z.strictObject({
  /** More (up to 1) or less (down to -1) from people they are close to. */
  friends: wish.optional(),
  /** What is new. */
  fresh: wish.optional(),
  /** What many engage with. */
  popular: wish.optional(),
  /** Less of what is angry or insulting; it can only be lowered. */
  outrage: wish.max(0).optional(),
} satisfies Record<WishName, unknown>)
export type Wishes = Readonly<z.output<typeof wishesSchema>>
