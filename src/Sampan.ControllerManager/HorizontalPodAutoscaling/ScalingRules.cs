using Sampan.Api.Autoscaling.V2;

namespace Sampan.ControllerManager.HorizontalPodAutoscaling;

/// <summary>
/// Turns what the metrics ask for into what is done: recent recommendations damp it, policies limit its speed, minimum and maximum bound
/// it. An autoscaler without a behavior follows the old rules: no lower than any recommendation of the last five minutes, up to double
/// or 4 in 15 seconds.
/// </summary>
internal sealed class ScalingRules(AutoscalerOptions options)
{
    private static readonly TimeSpan LongestPeriod = TimeSpan.FromMinutes(30);
    private static readonly HPAScalingRules OldUp = new()
    {
        StabilizationWindowSeconds = 0,
        SelectPolicy = "Max",
        Policies = [new() { Type = "Percent", Value = 100, PeriodSeconds = 15 }],
    };

    public ScaleDecision Decide(
        HorizontalPodAutoscaler autoscaler, int current, int wanted, ScaleHistory history, DateTimeOffset now)
    {
        var (stable, able) = Stabilize(autoscaler, current, wanted, history, now);
        history.Recommend(wanted, now, LongestPeriod * 2);
        var (min, max) = (autoscaler.Spec.MinReplicas ?? 1, autoscaler.Spec.MaxReplicas);
        if (stable > current && Up(autoscaler, current, history, now) is var limit)
        {
            limit = Math.Max(limit, current);
            var bound = Math.Min(limit, max);
            if (stable > bound) return new(bound, able, limit < max ? Speed("ScaleUpLimit", "increasing") : TooMany);
        }
        else if (stable < current && Down(autoscaler, current, history, now) is var floor)
        {
            floor = Math.Min(floor, current);
            var bound = Math.Max(floor, min);
            if (stable < bound) return new(bound, able, floor > min ? Speed("ScaleDownLimit", "decreasing") : TooFew);
        }

        if (stable < min) return new(min, able, TooFew);
        if (stable > max) return new(max, able, TooMany);
        return new(stable, able, (false, "DesiredWithinRange", "the desired count is within the acceptable range"));
    }

    private static (bool, string, string) TooFew => (true, "TooFewReplicas", "the desired replica count is less than the minimum replica count");

    private static (bool, string, string) TooMany => (true, "TooManyReplicas", "the desired replica count is more than the maximum replica count");

    private static (bool, string, string) Speed(string reason, string direction) =>
        (true, reason, $"the desired replica count is {direction} faster than the maximum scale rate");

    private (int Replicas, (string Reason, string Message) Able) Stabilize(
        HorizontalPodAutoscaler autoscaler, int current, int wanted, ScaleHistory history, DateTimeOffset now)
    {
        var down = autoscaler.Spec.Behavior?.ScaleDown?.StabilizationWindowSeconds is { } seconds ? TimeSpan.FromSeconds(seconds) : options.DownscaleStabilization;
        var highest = history.Highest(now - down, wanted);
        var lowest = history.Lowest(now.AddSeconds(-(autoscaler.Spec.Behavior?.ScaleUp?.StabilizationWindowSeconds ?? 0)), wanted);
        // Without a behavior the highest counts even where it lies above the present number.
        var stable = autoscaler.Spec.Behavior is null ? highest : Math.Min(Math.Max(current, lowest), highest);
        if (stable == wanted) return (stable, ("ReadyForNewScale", "recommended size matches current size"));
        return autoscaler.Spec.Behavior is not null && wanted >= current
            ? (stable, ("ScaleUpStabilized", "recent recommendations were lower than current one, applying the lowest recent recommendation"))
            : (stable, ("ScaleDownStabilized", "recent recommendations were higher than current one, applying the highest recent recommendation"));
    }

    private static int Up(HorizontalPodAutoscaler autoscaler, int current, ScaleHistory history, DateTimeOffset now)
    {
        if (autoscaler.Spec.Behavior is null) return Math.Max(4, Rates(OldUp, current, history, now, up: true));
        var rules = autoscaler.Spec.Behavior.ScaleUp;
        return rules is null or { Policies: null or { Count: 0 } }
            ? Rates(With(rules, new() { Type = "Pods", Value = 4, PeriodSeconds = 15 }, new() { Type = "Percent", Value = 100, PeriodSeconds = 15 }), current, history, now, up: true)
            : Rates(rules, current, history, now, up: true);
    }

    private static int Down(HorizontalPodAutoscaler autoscaler, int current, ScaleHistory history, DateTimeOffset now)
    {
        if (autoscaler.Spec.Behavior is null) return 0;
        var rules = autoscaler.Spec.Behavior.ScaleDown;
        return rules is null or { Policies: null or { Count: 0 } }
            ? Rates(With(rules, new HPAScalingPolicy { Type = "Percent", Value = 100, PeriodSeconds = 15 }), current, history, now, up: false)
            : Rates(rules, current, history, now, up: false);
    }

    private static HPAScalingRules With(HPAScalingRules? rules, params List<HPAScalingPolicy> policies) =>
        new() { SelectPolicy = rules?.SelectPolicy, Policies = policies };

    /// <summary>The furthest that the policies allow, measured from where each one's period began.</summary>
    private static int Rates(HPAScalingRules rules, int current, ScaleHistory history, DateTimeOffset now, bool up)
    {
        if (rules.SelectPolicy == "Disabled") return current;
        var limits = rules.Policies.OrEmpty().Select(p =>
        {
            var start = history.AtStart(current, now.AddSeconds(-p.PeriodSeconds));
            var change = p.Type == "Pods" ? p.Value : start * p.Value / 100.0;
            return up ? (int)Math.Ceiling(start + change) : (int)(start - change);
        });
        // The policy that changes most, or with Min the one that changes least.
        return up == (rules.SelectPolicy != "Min") ? limits.Max() : limits.Min();
    }
}
