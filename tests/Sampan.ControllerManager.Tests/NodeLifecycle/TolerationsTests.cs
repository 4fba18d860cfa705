using Sampan.Api.Core.V1;
using Sampan.ControllerManager.NodeLifecycle;

namespace Sampan.ControllerManager.Tests.NodeLifecycle;

public sealed class TolerationsTests
{
    [Theory]
    [InlineData("no taints", "", "", null)]
    [InlineData("taint, no toleration", "a=1", "", 0)]
    [InlineData("tolerated for ever", "a=1", "a=1", null)]
    [InlineData("tolerated for a while", "a=1", "a=1:60", 60)]
    [InlineData("other value", "a=1", "a=2", 0)]
    [InlineData("any value", "a=1", "a*:30", 30)]
    [InlineData("anything at all", "a=1 b=2", "*", null)]
    [InlineData("one of two taints", "a=1 b=2", "a=1", 0)]
    [InlineData("the shorter of two taints' times", "a=1 b=2", "a=1:60 b=2:30", 30)]
    [InlineData("the first that fits counts, not the shortest", "a=1", "a*:60 a=1:30", 60)]
    [InlineData("for ever before for a while", "a=1", "a* a=1:30", null)]
    [InlineData("negative is at once", "a=1", "a=1:-5", 0)]
    [InlineData("other effect", "a=1", "a=1!NoSchedule", 0)]
    public void TimeFor_TaintsAndTolerations_IsUpstreams(string what, string taints, string tolerations, int? seconds)
    {
        var pod = Workloads.Pod("p");
        pod.Spec.Tolerations = [.. Split(tolerations).Select(TolerationOf)];
        var time = Tolerations.TimeFor(pod, [.. Split(taints).Select(t => new Taint { Key = t.Split('=')[0], Value = t.Split('=')[1], Effect = "NoExecute" })]);
        Assert.True(time == (seconds is { } s ? TimeSpan.FromSeconds(s) : null), $"{what}: {time}");
    }

    private static string[] Split(string text) => text.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    private static Toleration TolerationOf(string text)
    {
        var (seconds, effect) = (text.Contains(':', StringComparison.Ordinal) ? long.Parse(text[(text.IndexOf(':', StringComparison.Ordinal) + 1)..]) : (long?)null, "NoExecute");
        var rest = text.Split(':')[0];
        if (rest.Contains('!', StringComparison.Ordinal)) (rest, effect) = (rest.Split('!')[0], rest.Split('!')[1]);
        return rest.EndsWith('*')
            ? new() { Key = rest[..^1], Operator = "Exists", Effect = effect, TolerationSeconds = seconds }
            : new() { Key = rest.Split('=')[0], Value = rest.Split('=')[1], Operator = "Equal", Effect = effect, TolerationSeconds = seconds };
    }
}
