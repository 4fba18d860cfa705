using Sampan.Api.Core.V1;

namespace Sampan.Scheduler.Cache;

/// <summary>
/// What a pod asks for as a whole. Init containers run one after the other, beside the sidecars (restartable init
/// containers) that were started before them:
/// <code>
/// requests = max(Σ containers + Σ sidecars, max over init containers (its own + sidecars before it)) + overhead
/// </code>
/// Requests on the pod's own level replace that sum, resource by resource.
/// </summary>
internal static class PodRequests
{
    // What an empty request counts as when nodes are compared, so that pods without requests spread too.
    private const long DefaultMilliCpu = 100;
    private const long DefaultMemory = 200 * 1024 * 1024;

    public static Resources Of(PodSpec spec) => Sum(spec, static c => Resources.From(c.Resources?.Requests));

    /// <summary>As <see cref="Of"/>, with a small default for containers that ask for no CPU or memory.</summary>
    public static Resources NonZeroOf(PodSpec spec) => Sum(spec, static container =>
    {
        var requests = Resources.From(container.Resources?.Requests);
        if (requests.MilliCpu == 0) requests.MilliCpu = DefaultMilliCpu;
        if (requests.Memory == 0) requests.Memory = DefaultMemory;
        return requests;
    });

    private static Resources Sum(PodSpec spec, Func<Container, Resources> requestsOf)
    {
        var total = new Resources();
        foreach (var container in spec.Containers) total.Add(requestsOf(container));
        var sidecars = new Resources();
        var init = new Resources();
        foreach (var container in spec.InitContainers.OrEmpty())
        {
            var own = requestsOf(container);
            if (container.RestartPolicy == "Always")
            {
                sidecars.Add(own);
                init.Max(sidecars);
                continue;
            }
            own.Add(sidecars);
            init.Max(own);
        }
        total.Add(sidecars);
        total.Max(init);
        OverrideByPod(spec, total);
        total.Add(Resources.From(spec.Overhead));
        return total;
    }

    private static void OverrideByPod(PodSpec spec, Resources total)
    {
        if (spec.Resources?.Requests is not { } requests) return;
        var pod = Resources.From(requests);
        if (requests.ContainsKey(ResourceNames.Cpu)) total.MilliCpu = pod.MilliCpu;
        if (requests.ContainsKey(ResourceNames.Memory)) total.Memory = pod.Memory;
    }
}
