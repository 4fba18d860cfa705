using System.Globalization;
using Sampan.Api.Autoscaling.V2;
using Sampan.ControllerManager.HorizontalPodAutoscaling;

namespace Sampan.ControllerManager.Tests.HorizontalPodAutoscaling;

/// <summary>
/// What is done of what the metrics ask for. Policies are written as so many pods ("5p/60") or percent ("50%/60") in so many seconds;
/// changes as what was done at even distances in the last two minutes; recommendations as "number@seconds ago".
/// </summary>
public sealed class ScalingRulesTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan Long = TimeSpan.FromDays(1);

    [Theory]
    [InlineData("within the range", 3, 8, 5, 7, "", "", "", "", 7, "DesiredWithinRange")]
    [InlineData("below the minimum", 2, 8, 3, 1, "", "", "", "", 2, "TooFewReplicas")]
    [InlineData("zero where the minimum is", 0, 10, 1, 0, "", "", "", "", 0, "DesiredWithinRange")]
    [InlineData("the maximum is nearer than the speed", 1, 10, 20, 1000, "", "", "", "", 10, "TooManyReplicas")]
    [InlineData("above the maximum", 100, 150, 100, 1000, "", "", "", "", 150, "TooManyReplicas")]
    [InlineData("the speed is nearer than the maximum", 1, 2000, 3, 1000, "1%/60", "", "", "", 4, "ScaleUpLimit")]
    [InlineData("up, standard rules", 1, 1000, 10, 50, "", "", "", "", 20, "ScaleUpLimit")]
    [InlineData("up, pods before percent", 1, 1000, 10, 500, "100p/60 100%/60", "", "", "", 110, "ScaleUpLimit")]
    [InlineData("up, percent before pods", 1, 1000, 10, 500, "2p/60 100%/60", "", "", "", 20, "ScaleUpLimit")]
    [InlineData("up, the smaller of two", 1, 1000, 1, 500, "2p/60 50%/60 Min", "", "", "", 2, "ScaleUpLimit")]
    [InlineData("up, enough pods", 1, 1000, 10, 50, "100p/60", "", "", "", 50, "DesiredWithinRange")]
    [InlineData("up, not enough pods", 1, 1000, 10, 50, "30p/60", "", "", "", 40, "ScaleUpLimit")]
    [InlineData("up, not enough percent", 1, 1000, 10, 50, "200%/60", "", "", "", 30, "ScaleUpLimit")]
    [InlineData("up, off", 1, 1000, 10, 50, "100p/60 Disabled", "", "", "", 10, "ScaleUpLimit")]
    [InlineData("down, pods before percent", 1, 1000, 100, 2, "", "20p/60 1%/60", "", "", 80, "ScaleDownLimit")]
    [InlineData("down, two pods", 1, 1000, 100, 2, "", "2p/60 1%/60", "", "", 98, "ScaleDownLimit")]
    [InlineData("down, the smaller of two", 1, 1000, 5, 1, "", "2p/60 50%/60 Min", "", "", 3, "ScaleDownLimit")]
    [InlineData("down, enough pods, to the minimum", 1, 1000, 10, 0, "", "100p/60", "", "", 1, "TooFewReplicas")]
    [InlineData("down, enough percent, to the minimum", 5, 1000, 10, 2, "", "100%/60", "", "", 5, "TooFewReplicas")]
    [InlineData("down, not enough pods", 1, 1000, 10, 2, "", "5p/60", "", "", 5, "ScaleDownLimit")]
    [InlineData("down, just enough percent", 1, 1000, 10, 5, "", "50%/60", "", "", 5, "DesiredWithinRange")]
    [InlineData("down, off", 1, 1000, 10, 5, "", "50%/60 Disabled", "", "", 10, "ScaleDownLimit")]
    [InlineData("up after ups, to the maximum", 1, 200, 100, 500, "300p/60", "", "1 5 9", "", 200, "TooManyReplicas")]
    [InlineData("up after ups, percent, to the maximum", 1, 200, 100, 500, "10000%/60", "", "1 5 9", "", 200, "TooManyReplicas")]
    [InlineData("up after more than is allowed", 1, 1000, 100, 500, "5p/120", "", "1 5 9", "", 100, "ScaleUpLimit")]
    [InlineData("up after ups, pods", 1, 1000, 100, 500, "150p/120", "", "1 5 9", "", 235, "ScaleUpLimit")]
    [InlineData("up after ups, percent", 1, 1000, 100, 500, "200%/120", "", "1 5 9", "", 255, "ScaleUpLimit")]
    [InlineData("up after ups and downs", 1, 1000, 6, 24, "300%/300", "", "4", "2", 16, "ScaleUpLimit")]
    [InlineData("down after downs, standard rules", 1, 1000, 10, 5, "", "", "", "1 5 9", 5, "DesiredWithinRange")]
    [InlineData("down after downs, to the minimum", 1, 1000, 100, 0, "", "115p/120", "", "1 5 9", 1, "TooFewReplicas")]
    [InlineData("down after downs, to a higher minimum", 5, 1000, 100, 0, "", "130p/120", "", "1 5 9", 5, "TooFewReplicas")]
    [InlineData("down after downs, all of them", 5, 1000, 100, 2, "", "100%/120", "", "1 5 9", 5, "TooFewReplicas")]
    [InlineData("down after more than is allowed", 1, 1000, 100, 2, "", "5p/120", "", "1 5 9", 100, "ScaleDownLimit")]
    [InlineData("down after downs, percent", 1, 1000, 100, 0, "", "50%/120", "", "2 4 6", 56, "ScaleDownLimit")]
    [InlineData("down after ups and downs", 1, 1000, 10, 1, "", "50%/180", "2", "4", 6, "ScaleDownLimit")]
    [InlineData("down after far more than is allowed", 1, 1000, 100, 0, "", "10%/120", "", "10 10 10", 100, "ScaleDownLimit")]
    [InlineData("down, more than there are", 1, 1000, 10, 5, "", "1000%/120", "", "10 10 10", 5, "DesiredWithinRange")]
    [InlineData("up, two periods", 1, 1000, 100, 200, "1000p/30 100%/60", "", "8 12 9 11", "", 200, "DesiredWithinRange")]
    [InlineData("down, two periods", 1, 1000, 100, 5, "", "1000p/30 100%/60", "", "8 12 9 11", 5, "DesiredWithinRange")]
    public void Decide_Policies_LimitTheSpeed(
        string what, int min, int max, int current, int wanted, string up, string down, string ups, string downs, int expected, string reason)
    {
        var autoscaler = Autoscaler(min, max);
        autoscaler.Spec.Behavior = new() { ScaleUp = Rules(up), ScaleDown = Rules(down) };
        var history = new ScaleHistory();
        foreach (var (at, by) in Spread(ups, 1).Concat(Spread(downs, -1)).OrderBy(c => c.At)) history.Changed(by, at, Long);
        var decision = new ScalingRules(new AutoscalerOptions()).Decide(autoscaler, current, wanted, history, Now);
        Assert.True((decision.Replicas, decision.Limited.Reason) == (expected, reason), $"{what}: {decision}");
        Assert.Equal(reason != "DesiredWithinRange", decision.Limited.IsLimited);
    }

    [Theory]
    [InlineData("nothing recommended yet", "", 100, 5, 0, 0, 5, "ReadyForNewScale")]
    [InlineData("down to the highest", "4@120 5@60", 100, 3, 0, 180, 5, "ScaleDownStabilized")]
    [InlineData("up to the lowest", "4@120 5@60", 1, 7, 300, 0, 4, "ScaleUpStabilized")]
    [InlineData("down, a window for up alone", "1@120 2@60", 100, 3, 300, 0, 3, "ReadyForNewScale")]
    [InlineData("up, a window for down alone", "4@120 5@60", 1, 3, 0, 300, 3, "ReadyForNewScale")]
    [InlineData("down, recommended too long ago", "10@600 9@540", 100, 3, 0, 0, 3, "ReadyForNewScale")]
    [InlineData("up, recommended too long ago", "10@600 9@540", 1, 100, 0, 0, 100, "ReadyForNewScale")]
    [InlineData("down, some too long ago", "10@600 9@540 5@120 4@60", 100, 3, 0, 180, 5, "ScaleDownStabilized")]
    [InlineData("up, some too long ago", "1@6000 9@180 5@120 6@60", 1, 100, 300, 0, 5, "ScaleUpStabilized")]
    [InlineData("not up while it falls", "2@6000 3@180", 2, 1, 300, 300, 2, "ScaleDownStabilized")]
    [InlineData("not down while it rises", "2@6000 1@180", 2, 3, 300, 300, 2, "ScaleUpStabilized")]
    public void Decide_Windows_Damp(string what, string recommended, int current, int wanted, int up, int down, int expected, string reason)
    {
        var autoscaler = Autoscaler(1, 100_000);
        autoscaler.Spec.Behavior = new() { ScaleUp = Rules("100000p/15"), ScaleDown = new() };
        (autoscaler.Spec.Behavior.ScaleUp!.StabilizationWindowSeconds, autoscaler.Spec.Behavior.ScaleDown.StabilizationWindowSeconds) = (up, down);
        var decision = new ScalingRules(new AutoscalerOptions()).Decide(autoscaler, current, wanted, History(recommended), Now);
        Assert.True((decision.Replicas, decision.Able.Reason) == (expected, reason), $"{what}: {decision}");
    }

    [Theory]
    [InlineData("nothing recommended yet", "", 5, 5, "ReadyForNewScale")]
    [InlineData("the highest of five minutes", "4@120 5@60", 3, 5, "ScaleDownStabilized")]
    [InlineData("lower ones do not count", "1@120 2@60", 3, 3, "ReadyForNewScale")]
    [InlineData("recommended too long ago", "10@600 9@540", 3, 3, "ReadyForNewScale")]
    [InlineData("some too long ago", "10@600 9@540 5@120 4@60", 3, 5, "ScaleDownStabilized")]
    public void Decide_NoBehavior_TakesTheHighestOfFiveMinutes(string what, string recommended, int wanted, int expected, string reason)
    {
        var decision = new ScalingRules(new AutoscalerOptions()).Decide(Autoscaler(1, 1000), 4, wanted, History(recommended), Now);
        Assert.True((decision.Replicas, decision.Able.Reason) == (expected, reason), $"{what}: {decision}");
    }

    [Theory]
    [InlineData(3, 8, 5, 7, 7, "DesiredWithinRange")]
    [InlineData(2, 8, 3, 1, 2, "TooFewReplicas")]
    [InlineData(1, 10, 20, 1000, 10, "TooManyReplicas")]
    [InlineData(1, 2000, 3, 1000, 6, "ScaleUpLimit")]
    [InlineData(1, 2000, 1, 1000, 4, "ScaleUpLimit")]
    public void Decide_NoBehavior_DoublesAtMost(int min, int max, int current, int wanted, int expected, string reason)
    {
        var decision = new ScalingRules(new AutoscalerOptions()).Decide(Autoscaler(min, max), current, wanted, new ScaleHistory(), Now);
        Assert.Equal((expected, reason), (decision.Replicas, decision.Limited.Reason));
    }

    private static HorizontalPodAutoscaler Autoscaler(int min, int max) => new() { Spec = new() { MinReplicas = min, MaxReplicas = max } };

    private static ScaleHistory History(string recommended)
    {
        var history = new ScaleHistory();
        foreach (var word in recommended.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(w => w.Split('@').Select(Number).ToArray()))
            history.Recommend(word[0], Now.AddSeconds(-word[1]), Long);
        return history;
    }

    private static IEnumerable<(DateTimeOffset At, int By)> Spread(string changes, int sign)
    {
        var all = changes.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return all.Select((c, i) => (Now.AddSeconds(-120 + (120.0 / all.Length * (i + 0.5))), sign * Number(c)));
    }

    private static HPAScalingRules? Rules(string text)
    {
        if (text.Length == 0) return null;
        var words = text.Split(' ');
        return new()
        {
            SelectPolicy = Array.Find(words, w => char.IsUpper(w[0])) ?? "Max",
            Policies = [.. words.Where(w => char.IsDigit(w[0])).Select(Policy)],
        };
    }

    private static HPAScalingPolicy Policy(string word)
    {
        var parts = word.Split('/');
        return new() { Type = parts[0].EndsWith('p') ? "Pods" : "Percent", Value = Number(parts[0][..^1]), PeriodSeconds = Number(parts[1]) };
    }

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
