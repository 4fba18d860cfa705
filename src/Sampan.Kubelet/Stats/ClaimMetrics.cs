using Sampan.Client.Grpc;
using Sampan.Client.Metrics;
using Sampan.Kubelet.Claims;

namespace Sampan.Kubelet.Stats;

/// <summary>How claims are made ready, under upstream's names (pkg/kubelet/metrics).</summary>
internal sealed class ClaimMetrics(MetricRegistry registry, TimeProvider time)
{
    public const string Prepare = "PrepareResources";
    public const string Unprepare = "UnprepareResources";

    /// <summary>In the place of a driver's name: all claims, whoever serves them.</summary>
    private const string Any = "<any>";

    private static readonly double[] Edges = Buckets.Exponential(0.1, Math.Pow(400, 1.0 / 14), 15);

    private readonly Histogram _operations = registry.Histogram(
        "dra_operations_duration_seconds",
        "[ALPHA] Seconds that all claims of a pod take when it starts or ends. "
            + "The operation is PrepareResources or UnprepareResources; those that failed count too.",
        Edges,
        "is_error",
        "operation_name");

    private readonly Histogram _calls = registry.Histogram(
        "dra_grpc_operations_duration_seconds", "[ALPHA] Seconds that one call of a DRA driver takes.", Edges, "driver_name", "grpc_status_code", "method_name");

    /// <summary>Shows how many claims are in use here.</summary>
    public void Show(Func<IEnumerable<PreparedClaim>> claims) => registry.Collect(
        "dra_resource_claims_in_use",
        "[ALPHA] Claims in use on this node, by driver, and as <any> of all drivers. "
            + "A claim with devices of two drivers counts for each of them.",
        "gauge",
        ["driver_name"],
        () =>
        {
            var now = claims().ToList();
            return now.SelectMany(c => c.Drivers).CountBy(d => d).Append(new(Any, now.Count)).Select(d => (new[] { d.Key }, (double)d.Value));
        });

    /// <summary>Times what is done for a pod as a whole.</summary>
    public async Task MeasureAsync(string operation, Func<Task> work)
    {
        var begun = time.GetTimestamp();
        var isError = true;
        try
        {
            await work();
            isError = false;
        }
        finally
        {
            _operations.With(isError ? "true" : "false", operation).Observe(time.GetElapsedTime(begun).TotalSeconds);
        }
    }

    /// <summary>Times one call to a driver.</summary>
    /// <param name="driver">Who is called.</param>
    /// <param name="method">With its service: "/service/method".</param>
    /// <param name="call">Calls it.</param>
    public async Task<T> MeasureAsync<T>(string driver, string method, Func<Task<T>> call)
    {
        var begun = time.GetTimestamp();
        var code = "OK";
        try
        {
            return await call();
        }
        catch (RpcException e)
        {
            code = $"{e.Code}";
            throw;
        }
        finally
        {
            _calls.With(driver, code, method).Observe(time.GetElapsedTime(begun).TotalSeconds);
        }
    }
}
