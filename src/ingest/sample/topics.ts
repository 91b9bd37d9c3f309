/** All forty topics of the sample city. */
import { food } from './topics/food.ts'
import { home } from './topics/home.ts'
import { making } from './topics/making.ts'
import { mind } from './topics/mind.ts'
import { moving } from './topics/moving.ts'
import { nature } from './topics/nature.ts'
import { stage } from './topics/stage.ts'
import { townLife } from './topics/town-life.ts'
import type { Topic } from './words.ts'

export const topics: readonly Topic[] = [
  ...food,
  ...nature,
  ...moving,
  ...stage,
  ...making,
  ...mind,
  ...townLife,
  ...home,
]
