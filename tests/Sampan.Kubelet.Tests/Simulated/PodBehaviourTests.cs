using Sampan.Api.Core.V1;
using Sampan.Kubelet.Simulated;

namespace Sampan.Kubelet.Tests.Simulated;

public sealed class PodBehaviourTests
{
    [Theory]
    [InlineData("1500ms", 1500)]
    [InlineData("10s", 10_000)]
    [InlineData("1m30s", 90_000)]
    [InlineData("2h", 7_200_000)]
    public void Duration_OfOneValue_IsThatTime(string text, int milliseconds) =>
        Assert.Equal(TimeSpan.FromMilliseconds(milliseconds), PodBehaviour.Duration(text, "seed"));

    [Theory]
    [InlineData("soon")]
    [InlineData("5s..")]
    [InlineData("9s..5s")]
    [InlineData("-1s")]
    public void Duration_NotReadable_IsNone(string text) => Assert.Null(PodBehaviour.Duration(text, "seed"));

    [Fact]
    public void Duration_OfARange_LiesInItAndIsTheSameForTheSameSeed()
    {
        var times = Enumerable.Range(0, 200).Select(i => PodBehaviour.Duration("5s..30s", $"pod-{i}")!.Value).ToList();
        Assert.All(times, time => Assert.InRange(time, TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(30)));
        Assert.True(times.Distinct().Count() > 100);
        Assert.Equal(times[7], PodBehaviour.Duration("5s..30s", "pod-7"));
    }

    [Fact]
    public void Of_PodWithoutAnnotations_IsReadyAtOnceAndRunsOn()
    {
        var behaviour = PodBehaviour.Of(new Pod());
        Assert.Equal((TimeSpan.Zero, TimeSpan.Zero, null, null), (behaviour.StartAfter, behaviour.ReadyAfter!.Value, behaviour.RunFor, behaviour.FailStart));
    }

    [Fact]
    public void Of_PodThatIsNeverReady_SaysSo() =>
        Assert.Null(PodBehaviour.Of(new Pod { Metadata = new() { Annotations = new() { [SimulationAnnotations.ReadyAfter] = "never" } } }).ReadyAfter);
}
