using System.Globalization;
using Sampan.Api.Core.V1;
using Sampan.ControllerManager.HorizontalPodAutoscaling;

namespace Sampan.ControllerManager.Tests.HorizontalPodAutoscaling;

/// <summary>
/// How many replicas a metric asks for. Every pod requests 1000m and is its use in thousandths, "-" if it was not measured, then
/// u(nready since its start), h(ot from its start a moment ago), p(ending), f(ailed), s(ucceeded) or d(eleted); "/2000" if it requests that.
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
    [InlineData("scale up, succeeded pods are left out", 2, 30, "500 700 -s -s", 4)]
    [InlineData("scale down, succeeded pods are left out", 5, 50, "100 300 500 250 250 -s -s", 3)]
    [InlineData("scale down, pods that go are left out", 5, 50, "100 300 500 250 250 -d -d", 3)]
    [InlineData("scale down, pods without a node are left out", 5, 50, "100 -p -p -p -p", 1)]
    [InlineData("samples of strangers count as pods", 4, 100, "4000 9500 3000 7000 !3200 !2000", 24)]
    [InlineData("missing, scale down", 4, 100, "400 95 - -", 3)]
    [InlineData("missing, a target above 100", 4, 300, "200u 100 100/2000 -/2000", 2)]
    [InlineData("missing, of a rolling update", 2, 50, "100 100 -", 2)]
    [InlineData("no sample of a pod that is known", 1, 100, "!100", -1)]
    [InlineData("enough below the target for a change", 10, 56, "150/400 150/200 150/310 150/290 150/302 150/298 150/301 150/299 150/300 150/300", 9)]
    [InlineData("not enough below the target", 10, 55, "150/400 150/200 150/310 150/290 150/302 150/298 150/301 150/299 150/300 150/300", 10)]
    public void ByUtilization_PodsMeasured_AsksForThisMany(string name, int current, int target, string pods, int expected)
    {
        Assert.NotEmpty(name);
        if (expected >= 0) Assert.Equal(expected, Calculate(current, target, pods));
        else Assert.Equal("no metrics returned matched known pods", Assert.Throws<MetricException>(() => Calculate(current, target, pods)).Message);
    }

    [Theory]
    [InlineData("1010/900 1030 1020/1100", 0.1, 0.1, 3)]
    [InlineData("909/900 1010 1111/1100", 0, 0, 4)]
    [InlineData("1890/900 1910 1900/1100", 0.1, 2, 3)]
    [InlineData("1100/900 1080 1090/1100", 2, 0.08, 4)]
    [InlineData("660/900 640 650/1100", 0.36, 0.1, 3)]
    [InlineData("660/900 640 650/1100", 0.34, 0.1, 2)]
    public void ByUtilization_Tolerances_DecideWhatIsWorthAChange(string pods, double down, double up, int expected) =>
        Assert.Equal(expected, Calculate(3, 100, pods, new Tolerances(down, up)));

    [Theory]
    [InlineData("scale up", 3, 15000, "20000 10000 30000", 0.1, 4, 20000)]
    [InlineData("readiness does not matter", 3, 15000, "50000 10000 30000h", 0.1, 6, 30000)]
    [InlineData("nor does a start", 3, 15000, "50000h 15000 30000h", 0.1, 7, 31666)]
    [InlineData("scale down", 5, 20000, "12000 12000 12000 12000 12000", 0.1, 3, 12000)]
    [InlineData("within the tolerance", 3, 20000, "20000 21000 21000", 0.1, 3, 20666)]
    [InlineData("beyond a small tolerance", 3, 20000, "20000 21000 21000", 0.01, 4, 20666)]
    [InlineData("missing", 5, 20000, "20000 19000 21000 - -", 0.1, 5, 20000)]
    [InlineData("missing, of a rolling update", 2, 17000, "10000 10000 -", 0.1, 2, 10000)]
    [InlineData("pending pods hold it back", 3, 15000, "50000 -p -p", 0.1, 4, 50000)]
    public void ByAverage_PodsMeasured_AsksForThisMany(string name, int current, int target, string pods, double up, int expected, double average)
    {
        Assert.NotEmpty(name);
        var (all, metrics) = Read(pods);
        Assert.Equal((expected, average), Calculator().ByAverage(current, target, false, all, metrics, new Tolerances(0.1, up)));
    }

    [Theory]
    [InlineData("scale up", 3, 20000, 15000, "1 1 1", 0.1, 4)]
    [InlineData("unready pods carry nothing", 3, 50000, 10000, "1u 1 1u", 0.1, 5)]
    [InlineData("unready pods, scale down", 3, 8600, 4400, "1u 1 1u", 0.1, 2)]
    [InlineData("scale down", 5, 12000, 20000, "1 1 1 1 1", 0.1, 3)]
    [InlineData("within the tolerance", 3, 20666, 20000, "1 1 1", 0.1, 3)]
    [InlineData("beyond a small tolerance", 3, 20666, 20000, "1 1 1", 0.01, 4)]
    [InlineData("more than can be counted", 3, 9e18, 1, "1 1 1", 0.1, int.MaxValue)]
    public void ByValue_OfAll_AsksForThisMany(string name, int current, double usage, double target, string pods, double up, int expected)
    {
        Assert.NotEmpty(name);
        Assert.Equal(expected, ReplicaCalculator.ByValue(current, usage / target, Read(pods).Pods, new Tolerances(0.1, up)));
    }

    [Fact]
    public void ByValue_NoPods_SaysSo() => Assert.Equal(
        "unable to calculate ready pods: no pods returned by selector while calculating replica count",
        Assert.Throws<MetricException>(() => ReplicaCalculator.ByValue(3, 2, [], new Tolerances(0.1, 0.1))).Message);

    [Theory]
    [InlineData("more than can be counted", 1, 9e18, 1, 0.1, int.MaxValue)]
    [InlineData("huge, and as wanted", 1, 9e18, 9e18, 0.1, 1)]
    [InlineData("of none yet", 0, 20000, 5000, 0.1, 4)]
    [InlineData("nothing of none", 0, 0, 5000, 0.1, 0)]
    [InlineData("scale up", 3, 8600, 2150, 0.1, 4)]
    [InlineData("scale down", 5, 8600, 2867, 0.1, 3)]
    [InlineData("within the tolerance", 3, 8600, 2900, 0.1, 3)]
    [InlineData("beyond a small tolerance", 3, 8600, 2800, 0.01, 4)]
    public void ByShare_OfAll_AsksForThisMany(string name, int current, double usage, double target, double up, int expected)
    {
        Assert.NotEmpty(name);
        Assert.Equal(expected, ReplicaCalculator.ByShare(current, usage, target, new Tolerances(0.1, up)));
    }

    /// <summary>Seconds since the start, since readiness last changed ("-" never), and whether it is ready; seconds of the sample's age and window.</summary>
    [Theory]
    [InlineData("memory, no conditions", false, "-", "-", "True", 0, 60, 'c')]
    [InlineData("no readiness", true, "0", "-", "True", 0, 60, 'u')]
    [InlineData("no start", true, "-", "0", "True", 0, 60, 'u')]
    [InlineData("starting, sample all of readiness", true, "60", "30", "True", 0, 30, 'c')]
    [InlineData("starting, sample begins before readiness", true, "60", "30", "True", 0, 60, 'u')]
    [InlineData("starting, not ready", true, "60", "30", "False", 0, 10, 'u')]
    [InlineData("old, never ready", true, "600", "594", "False", 0, 60, 'u')]
    [InlineData("old, was ready once", true, "600", "540", "False", 0, 60, 'c')]
    [InlineData("old, old sample", true, "600", "600", "True", 120, 60, 'c')]
    public void Group_OnePod_IsCountedOrNot(string what, bool isCpu, string started, string changed, string ready, int age, int window, char expected)
    {
        var pod = Workloads.Pod("p");
        pod.Status.StartTime = started == "-" ? null : Now.AddSeconds(-Seconds(started));
        if (changed != "-") pod.Status.Conditions = [new() { Type = "Ready", Status = ready, LastTransitionTime = Now.AddSeconds(-Seconds(changed)) }];
        var sample = new Dictionary<string, PodMetric> { ["p"] = new(1, Now.AddSeconds(-age), TimeSpan.FromSeconds(window)) };
        var groups = PodGroups.Of([pod], sample, isCpu, new AutoscalerOptions(), Now);
        Assert.True((groups.Ready == 1, groups.Unready.Count == 1) == (expected == 'c', expected == 'u'), what);
    }

    /// <summary>Requests of two containers and a sidecar, of the pod as a whole, and what is asked for.</summary>
    [Theory]
    [InlineData("the sum", "100m", "50m", "", "", "", "cpu", "150")]
    [InlineData("the sum with a sidecar", "100m", "50m", "25m", "", "", "cpu", "175")]
    [InlineData("one container", "100m", "50m", "", "", "c2", "cpu", "50")]
    [InlineData("the sidecar", "100m", "50m", "25m", "", "side", "cpu", "25")]
    [InlineData("the pod's own", "100m", "50m", "", "cpu=800m", "", "cpu", "800")]
    [InlineData("the pod's own, a container says nothing", "", "50m", "", "cpu=800m", "", "cpu", "800")]
    [InlineData("one container although the pod has its own", "100m", "50m", "", "cpu=800m", "c1", "cpu", "100")]
    [InlineData("the pod's own is of something else", "100m", "50m", "", "memory=1Gi", "", "cpu", "150")]
    [InlineData("a container says nothing", "", "50m", "", "", "", "cpu", "missing request for cpu in container c1 of Pod p")]
    [InlineData("a sidecar says nothing", "100m", "50m", "-", "", "", "cpu", "missing request for cpu in container side of Pod p")]
    [InlineData("no such container", "100m", "50m", "", "", "c3", "cpu", "container c3 not found in Pod p")]
    [InlineData("nobody says", "", "", "", "memory=1Gi", "", "cpu", "missing pod-level request for cpu in Pod p")]
    public void Requests_OfAPod_AreTheMeasure(string what, string first, string second, string sidecar, string whole, string container, string resource, string expected)
    {
        var pod = Workloads.Pod("p");
        pod.Spec.Containers = [Container("c1", first), Container("c2", second)];
        if (sidecar.Length > 0) pod.Spec.InitContainers = [Container("side", sidecar)];
        if (whole.Length > 0) pod.Spec.Resources = new() { Requests = new() { [whole.Split('=')[0]] = Quantity.Parse(whole.Split('=')[1]) } };
        string actual;
        try
        {
            actual = PodRequests.Of([pod], resource, container)["p"].ToString(CultureInfo.InvariantCulture);
        }
        catch (MetricException e)
        {
            actual = e.Message;
        }

        Assert.True(actual == expected, $"{what}: {actual}");
    }

    [Theory]
    [InlineData("-u 500u", "did not receive metrics for targeted pods (pods might be unready)")]
    [InlineData("", "no pods returned by selector while calculating replica count")]
    public void ByUtilization_NothingToGoBy_SaysWhy(string pods, string message) =>
        Assert.Equal(message, Assert.Throws<MetricException>(() => Calculate(1, 50, pods)).Message);

    private static Container Container(string name, string cpu) => new()
    {
        Name = name,
        RestartPolicy = name == "side" ? "Always" : null,
        Resources = new() { Requests = cpu.Trim('-').Length > 0 ? new() { ["cpu"] = Quantity.Parse(cpu) } : null },
    };

    private static int Seconds(string text) => int.Parse(text, CultureInfo.InvariantCulture);

    private static int Calculate(int current, int target, string text, Tolerances? tolerances = null)
    {
        var (pods, metrics) = Read(text);
        return Calculator().ByUtilization(current, target, "cpu", "", pods, metrics, tolerances ?? new Tolerances(0.1, 0.1)).Replicas;
    }

    private static ReplicaCalculator Calculator()
    {
        var time = new FakeTimeProvider();
        time.Advance(Now - time.GetUtcNow());
        return new ReplicaCalculator(new AutoscalerOptions(), time);
    }

    private static (List<Pod> Pods, Dictionary<string, PodMetric> Metrics) Read(string text)
    {
        var (pods, metrics) = (new List<Pod>(), new Dictionary<string, PodMetric>());
        foreach (var word in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            var (use, pod) = (word.Split('/')[0], PodOf(word, pods.Count + metrics.Count));
            if (word[0] != '!' || pods.Count == 0) pods.Add(pod);
            if (word[0] != '-') metrics[word[0] == '!' ? $"stranger-{word}" : pod.Metadata.Name] = new(int.Parse(use.Trim('!', 'u', 'h', 'p', 'f', 's', 'd'), CultureInfo.InvariantCulture), Now, TimeSpan.FromMinutes(1));
        }

        return (pods, metrics);
    }

    private static Pod PodOf(string word, int number)
    {
        var pod = Workloads.Pod($"{number}", ready: true);
        pod.Spec.Containers[0].Resources.Requests = new() { ["cpu"] = Quantity.Parse($"{word.Split('/').ElementAtOrDefault(1) ?? "1000"}m") };
        pod.Status.StartTime = Now.AddHours(-1);
        var ready = pod.Status.Conditions![0];
        ready.LastTransitionTime = pod.Status.StartTime;
        switch (word.Split('/')[0][^1])
        {
            case 'u': ready.Status = "False"; break;
            case 'h': pod.Status.StartTime = ready.LastTransitionTime = Now.AddSeconds(-10); break;
            case 'p': pod.Status.Phase = "Pending"; break;
            case 'f': pod.Status.Phase = "Failed"; break;
            case 's': pod.Status.Phase = "Succeeded"; break;
            case 'd': pod.Metadata.DeletionTimestamp = Now; break;
        }

        return pod;
    }
}
