// How much of the processors a batch system or a container leaves to this process.
#pragma once

/// At most `processors`: what SLURM_CPUS_PER_TASK says, and what the control groups of this process allow, rounded up; at least 1.
int segue_processors_granted(int processors);
