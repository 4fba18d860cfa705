using Sampan.Client.Grpc;
using Sampan.Client.Metrics;

namespace Sampan.Kubelet.Stats;

/// <summary>How often agents ask who has what, under upstream's names (pkg/kubelet/metrics).</summary>
internal sealed class PodResourcesMetrics
{
    public const string List = "list";
    public const string Get = "get";
    public const string GetAllocatable = "get_allocatable";
    private const string Version = "v1";
    private readonly CounterValue _all, _old;
    private readonly Dictionary<string, (CounterValue Requests, CounterValue Errors)> _of;

    public PodResourcesMetrics(MetricRegistry registry)
    {
        (_all, _old) = (All(registry, Version), All(registry, "v1alpha1"));
        _of = new[] { List, Get, GetAllocatable }.ToDictionary(method => method, method => (
            Count(registry, $"requests_{method}", $"Questions of kind {method}"),
            Count(registry, $"errors_{method}", $"Questions of kind {method} that were refused")));
    }

    /// <summary>Counts a request, and whether it failed.</summary>
    public T Count<T>(string method, Func<T> answer)
    {
        var (requests, errors) = _of[method];
        _all.Increment();
        requests.Increment();
        try
        {
            return answer();
        }
        catch (RpcException)
        {
            errors.Increment();
            throw;
        }
    }

    /// <summary>Counts a request of the version before.</summary>
    public void CountOld() => _old.Increment();

    private static CounterValue All(MetricRegistry registry, string version) => Count(registry, "requests_total", "All questions of agents who has what", version);

    private static CounterValue Count(MetricRegistry registry, string name, string help, string version = Version) =>
        registry.Counter($"kubelet_pod_resources_endpoint_{name}", $"[ALPHA] {help}, by version of the interface.", "server_api_version").With(version);
}
