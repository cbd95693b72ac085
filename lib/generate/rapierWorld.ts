import type Rapier from "@dimforge/rapier3d-compat";

/** A body in the plane: a ball, or a block of half extents 0.2 by `radius`; it moves without turning. */
export interface Body {
  shape: "ball" | "block";
  /** m; half the height of a block */
  radius: number;
  mass: number;
  position: readonly [number, number];
  velocity: readonly [number, number];
}

/** What stays the same while bodies move. SI units. */
export interface Scene {
  gravity: readonly [number, number];
  bodies: readonly Body[];
  /** whether there is a floor at y = 0 */
  floor: boolean;
  restitution: number;
  friction: number;
  /** s; each step is solved in `substeps` */
  step: number;
  substeps: number;
}

/** Positions and velocities of every body at one time. */
export interface Frame {
  t: number;
  bodies: {x: number; y: number; vx: number; vy: number}[];
}

let loaded: Promise<typeof Rapier> | undefined;

// When it is needed: few runs have bodies in them.
async function load(): Promise<typeof Rapier> {
  const {default: rapier} = await import("@dimforge/rapier3d-compat");
  await rapier.init();
  return rapier;
}

/**
 * Runs a scene in Rapier and returns its frames at the given numbers of steps, ascending. Rapier's WebAssembly computes in
 * 32-bit floats without threads: the same bytes on every machine.
 */
export async function simulate(scene: Scene, steps: readonly number[]): Promise<Frame[]> {
  const RAPIER = await (loaded ??= load());
  const {gravity, floor, restitution, friction} = scene;
  const world = new RAPIER.World({x: gravity[0], y: gravity[1], z: 0});
  try {
    world.timestep = scene.step;
    world.integrationParameters.numSolverIterations = scene.substeps;
    const surface = (collider: Rapier.ColliderDesc) => collider.setRestitution(restitution).setFriction(friction);
    if (floor) world.createCollider(surface(RAPIER.ColliderDesc.cuboid(200, 1, 200).setTranslation(0, -1, 0)));
    const bodies = scene.bodies.map(({shape, radius, mass, position, velocity}) => {
      const body = world.createRigidBody(
        RAPIER.RigidBodyDesc.dynamic()
          .setTranslation(position[0], position[1], 0)
          .setLinvel(velocity[0], velocity[1], 0)
          .lockRotations()
          .setCanSleep(false)
      );
      const form = shape === "ball" ? RAPIER.ColliderDesc.ball(radius) : RAPIER.ColliderDesc.cuboid(0.2, radius, 0.2);
      world.createCollider(surface(form).setMass(mass), body);
      return body;
    });
    const frames: Frame[] = [];
    let done = 0;
    for (const step of steps) {
      for (; done < step; done++) world.step();
      frames.push({
        t: step * scene.step,
        bodies: bodies.map((body) => {
          const {x, y} = body.translation();
          const velocity = body.linvel();
          return {x, y, vx: velocity.x, vy: velocity.y};
        })
      });
    }
    return frames;
  } finally {
    world.free();
  }
}
