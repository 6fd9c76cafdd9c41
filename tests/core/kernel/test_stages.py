"""The stages of a case and the moves between them."""

from gouvernail_core.kernel import Stage
from gouvernail_core.kernel.stages import NEXT_STAGE, reachable


def test_every_stage_has_words_in_both_languages():
    assert all(stage.label.fr and stage.label.en for stage in Stage)


def test_the_way_goes_from_the_idea_to_general_use_without_a_loop():
    stage, seen = Stage.IDEA, [Stage.IDEA]
    while stage in NEXT_STAGE:
        stage = NEXT_STAGE[stage]
        seen.append(stage)
    assert seen == [s for s in Stage if s not in (Stage.SUSPENDED, Stage.STOPPED)]


def test_any_live_case_may_be_suspended_or_stopped():
    for stage in Stage:
        if stage not in (Stage.SUSPENDED, Stage.STOPPED):
            assert {Stage.SUSPENDED, Stage.STOPPED} <= reachable(stage)


def test_a_stopped_case_is_only_explored_again():
    assert reachable(Stage.STOPPED) == {Stage.EXPLORING}
