import { PrismaPg } from '@prisma/adapter-pg';

/** Does one thing after the other, in the order in which they were asked for. */
export class Turns {
  #last: Promise<unknown> = Promise.resolve();
  #underWay = 0;

  take<Result>(work: () => Promise<Result>): Promise<Result> {
    const done = this.#underWay === 0 ? work() : this.#last.then(work);
    this.#underWay += 1;
    const end = () => {
      this.#underWay -= 1;
    };
    this.#last = done.then(end, end);
    return done;
  }
}

type Adapter = Awaited<ReturnType<PrismaPg['connect']>>;

/**
 * Prisma's way to Postgres, which asks for the parts of a row all at once, also where they share the one connection of a
 * transaction. The driver sends them one after the other anyway, and means to refuse that: so here they wait.
 */
export class PrismaInTurns extends PrismaPg {
  readonly #turnsOf: () => Turns;

  /** `turnsOf` gives those of the transaction that is about to begin. */
  constructor(turnsOf: () => Turns, ...given: ConstructorParameters<typeof PrismaPg>) {
    super(...given);
    this.#turnsOf = turnsOf;
  }

  override async connect(): Promise<Adapter> {
    const adapter = await super.connect();
    const begin = adapter.startTransaction.bind(adapter);
    adapter.startTransaction = async (level) => {
      const turns = this.#turnsOf();
      const transaction = await begin(level);
      const query = transaction.queryRaw.bind(transaction);
      const execute = transaction.executeRaw.bind(transaction);
      transaction.queryRaw = (asked) => turns.take(() => query(asked));
      transaction.executeRaw = (asked) => turns.take(() => execute(asked));
      return transaction;
    };
    return adapter;
  }
}
