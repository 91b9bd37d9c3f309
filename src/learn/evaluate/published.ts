/**
 * What others report on the data sets that `--data` knows, to stand beside our rows. Only numbers on the
 * same files and protocol; what a paper does not give is left out.
 */

export interface PublishedRow {
  readonly model: string
  readonly metrics: Readonly<Record<string, number>>
}

export interface Published {
  /** Where the numbers stand. */
  readonly source: string
  readonly rows: readonly PublishedRow[]
}

/** @param names of the columns, in the order of the figures */
function rowsOf(names: readonly string[], table: Readonly<Record<string, readonly number[]>>) {
  return Object.entries(table).map(([model, figures]) => ({
    model,
    metrics: Object.fromEntries(figures.map((figure, place) => [names[place] ?? '', figure])),
  }))
}

const published: Readonly<Record<string, Published>> = {
  gowalla: {
    source:
      'BARS leaderboard gowalla_m1 (Zhu et al., SIGIR 2022, arXiv:2205.09626), fitted on train + valid',
    rows: rowsOf(['recall@20', 'ndcg@20'], {
      ItemCF: [0.157, 0.1214],
      'MF-BPR': [0.1627, 0.1378],
      NGCF: [0.157, 0.1327],
      EASE: [0.1765, 0.1467],
      LightGCN: [0.182, 0.1547],
      'GF-CF': [0.1849, 0.1518],
      UltraGCN: [0.1862, 0.158],
      SimpleX: [0.1872, 0.1557],
    }),
  },
  lastfm: {
    source: 'RecBole-GNN, results of social recommendation on lastfm, random 8:1:1 by user',
    rows: rowsOf(['recall@10', 'ndcg@10'], {
      BPR: [0.1761, 0.1674],
      NGCF: [0.196, 0.1898],
      DiffNet: [0.1757, 0.1694],
      LightGCN: [0.2064, 0.1972],
      SEPT: [0.2127, 0.2057],
      MHCN: [0.2123, 0.2068],
    }),
  },
  'lastfm-8-2': {
    source: 'about what LightGCN reaches on these files, as the issue of this project gives it',
    rows: rowsOf(['recall@10', 'ndcg@10'], { 'LightGCN (about)': [0.2, 0.254] }),
  },
  'ml-100k': {
    source: 'Microsoft recommenders, README of the repository, 75 % of each person to learn from',
    rows: rowsOf(['ndcg@10'], {
      ALS: [0.044],
      SAR: [0.382],
      LightGCN: [0.42],
      BPR: [0.442],
      BiVAE: [0.475],
    }),
  },
}

/** Of a data set by the name of its folder. */
export function publishedFor(data: string): Published | undefined {
  return Object.hasOwn(published, data) ? published[data] : undefined
}
