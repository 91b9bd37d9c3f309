/** What a person may wish of their own pages, by name; apart from the schema so that pages can show it without one. */
export const wishNames = ['friends', 'fresh', 'popular', 'outrage'] as const
export type WishName = (typeof wishNames)[number]
