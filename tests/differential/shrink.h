// Making a trial that differs smaller.
#pragma once

#include "differential/trial.h"

namespace tripten::test {

/// The smallest subject found, in so many trials at most, that still differs under the settings.
Subject shrink(Subject subject, const Settings& settings, int most_trials = 4000);

}  // namespace tripten::test
