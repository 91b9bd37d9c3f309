/** Something a person did, in the words of the feed: the one input everything is learned from. */
import { z } from 'zod'
import { idSchema, instantSchema } from './id.ts'

/** Words about an item. `more` and `less` may also name a person. */
export const itemActions = [
  'view',
  'dwell',
  'like',
  'unlike',
  'reply',
  'repost',
  'quote',
  'share',
  'click',
  'hide',
  'report',
  'more',
  'less',
  'purchase',
] as const
/** Words about a person. */
export const personActions = [
  'profile',
  'follow',
  'unfollow',
  'friend',
  'unfriend',
  'block',
  'unblock',
  'mute',
  'unmute',
] as const

export const actions = [...itemActions, ...personActions] as const
export type Action = (typeof actions)[number]

export const eventSchema = z
  .strictObject({
    /** The caller's own id. A second event with the same id and person is a duplicate. */
    id: idSchema.optional(),
    type: z.enum(actions),
    userId: idSchema,
    itemId: idSchema.optional(),
    targetUserId: idSchema.optional(),
    /** When it happened; now when left out. Same person, type, target and time = a duplicate. */
    at: instantSchema.optional(),
    /** The page it came from. */
    pageId: z.string().max(64).optional(),
    /** Seconds for `dwell`; plays for `click`; otherwise a strength. */
    value: z.number().min(0).max(1e9).optional(),
    /** A reply's or a quote's words. */
    text: z.string().max(20_000).optional(),
    network: z.string().max(100).optional(),
  })
  .superRefine((event, context) => {
    const problem = targetProblem(event)
    if (problem) context.addIssue({ code: 'custom', message: problem })
  })

export type Event = Readonly<z.output<typeof eventSchema>>
export type EventInput = z.input<typeof eventSchema>
/** An event as it is kept: its time is known. */
export type DatedEvent = Event & { readonly at: Date }

interface Targets {
  readonly type: Action
  readonly userId: string
  readonly itemId?: string | undefined
  readonly targetUserId?: string | undefined
}

function targetProblem({ type, userId, itemId, targetUserId }: Targets): string | undefined {
  if ((itemId === undefined) === (targetUserId === undefined)) {
    return 'needs exactly one of itemId and targetUserId'
  }
  if (targetUserId === userId) return 'targetUserId is the person themselves'
  const isAboutPerson = (personActions as readonly string[]).includes(type)
  const isAboutEither = type === 'more' || type === 'less' || type === 'report'
  if (isAboutPerson && itemId !== undefined) return `"${type}" is about a person: give targetUserId`
  if (!isAboutPerson && !isAboutEither && targetUserId !== undefined) {
    return `"${type}" is about an item: give itemId`
  }
  return undefined
}
