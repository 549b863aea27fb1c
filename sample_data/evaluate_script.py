"""Step 4, EVALUATE: measures with their figures, feedback, and a first review."""

from __future__ import annotations

from sample_data import evaluation_content as content
from sample_data.maker import Maker
from store.records import Feedback, Measure, MeasurePoint, Review, ReviewedGoal, TrainingNeed


def run(maker: Maker) -> None:
    """Put in what step 4 leads to."""
    maker.put("Choose measures", (Measure, content.MEASURES))
    maker.put("Bring in measurements", (MeasurePoint, content.POINTS))
    maker.put("Take in feedback", (Feedback, content.FEEDBACK), (TrainingNeed, content.TRAINING_NEEDS))
    maker.put("Review", (Review, (content.REVIEW,)), (ReviewedGoal, content.REVIEWED))
