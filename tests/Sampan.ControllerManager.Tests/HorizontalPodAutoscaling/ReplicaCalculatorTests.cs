using System.Globalization;
using Sampan.Api.Core.V1;
using Sampan.ControllerManager.HorizontalPodAutoscaling;

namespace Sampan.ControllerManager.Tests.HorizontalPodAutoscaling;

/// <summary>
/// How many replicas a utilization asks for. Every pod requests 1000m and is its use in thousandths, "-" if it was not measured, then
/// u(nready since its start), h(ot from its start a moment ago), p(ending), f(ailed) or d(eleted).
/// </summary>
public sealed class ReplicaCalculatorTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("scale up", 3, 30, "300 500 700", 5)]
    [InlineData("scale up, less for an unready pod", 3, 30, "300u 500 700", 4)]
    [InlineData("scale up, less for a hot pod", 3, 30, "300h 500 700", 4)]
    [InlineData("scale up, none for unready pods", 3, 30, "400 500u 700u", 3)]
    [InlineData("scale up, none for hot pods", 3, 30, "400 500h 700h", 3)]
    [InlineData("scale up, failed pods are left out", 2, 30, "500 700 -f -f", 4)]
    [InlineData("scale up, pods that go are left out", 2, 30, "500 700 -d -d", 4)]
    [InlineData("scale down", 5, 50, "100 300 500 250 250", 3)]
    [InlineData("scale down, unready pods are left out", 5, 50, "100 300 500 250u 250u", 2)]
    [InlineData("scale down, hot pods are left out", 5, 50, "100 300 500 250h 250h", 2)]
    [InlineData("scale down, failed pods are left out", 5, 50, "100 300 500 250 250 -f -f", 3)]
    [InlineData("within the tolerance", 3, 100, "1010 1030 1020", 3)]
    [InlineData("missing, at the target", 2, 100, "1000 -", 2)]
    [InlineData("missing, above the target", 2, 100, "1900 -", 2)]
    [InlineData("missing, below the target", 2, 100, "600 -", 2)]
    [InlineData("missing and unready, no change", 3, 50, "100u 450 -", 3)]
    [InlineData("missing and unready, scale up", 3, 50, "100u 2000 -", 4)]
    [InlineData("missing and unready, scale down", 4, 50, "100u 100 100 -", 3)]
    [InlineData("missing and hot, scale up", 3, 50, "100h 2000 -", 4)]
    [InlineData("pending pods count as unready", 3, 30, "500 700 -p", 4)]
    public void ByUtilization_PodsMeasured_AsksForThisMany(string name, int current, int target, string pods, int expected)
    {
        Assert.NotEmpty(name);
        Assert.Equal(expected, Calculate(current, target, pods));
    }

    [Theory]
    [InlineData("-u 500u", "did not receive metrics for targeted pods (pods might be unready)")]
    [InlineData("", "no pods returned by selector while calculating replica count")]
    public void ByUtilization_NothingToGoBy_SaysWhy(string pods, string message) =>
        Assert.Equal(message, Assert.Throws<MetricException>(() => Calculate(1, 50, pods)).Message);

    private static int Calculate(int current, int target, string text)
    {
        var (pods, metrics) = (new List<Pod>(), new Dictionary<string, PodMetric>());
        foreach (var word in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            var pod = PodOf(word, pods.Count);
            pods.Add(pod);
            if (word[0] != '-') metrics[pod.Metadata.Name] = new(int.Parse(word.TrimEnd('u', 'h', 'p', 'f', 'd'), CultureInfo.InvariantCulture), Now, TimeSpan.FromMinutes(1));
        }

        var time = new FakeTimeProvider();
        time.Advance(Now - time.GetUtcNow());
        var calculator = new ReplicaCalculator(new AutoscalerOptions(), time);
        return calculator.ByUtilization(current, target, "cpu", "", pods, metrics, new Tolerances(0.1, 0.1)).Replicas;
    }

    private static Pod PodOf(string word, int number)
    {
        var pod = Workloads.Pod($"{number}", ready: true);
        pod.Spec.Containers[0].Resources.Requests = new() { ["cpu"] = Quantity.Parse("1000m") };
        pod.Status.StartTime = Now.AddHours(-1);
        var ready = pod.Status.Conditions![0];
        ready.LastTransitionTime = pod.Status.StartTime;
        switch (word[^1])
        {
            case 'u': ready.Status = "False"; break;
            case 'h': pod.Status.StartTime = ready.LastTransitionTime = Now.AddSeconds(-10); break;
            case 'p': pod.Status.Phase = "Pending"; break;
            case 'f': pod.Status.Phase = "Failed"; break;
            case 'd': pod.Metadata.DeletionTimestamp = Now; break;
        }

        return pod;
    }
}
