namespace Sampan.ControllerManager.EndpointSlices;

internal static class SliceLabels
{
    public const string ServiceName = "kubernetes.io/service-name";
    public const string ManagedBy = "endpointslice.kubernetes.io/managed-by";
    public const string Headless = "service.kubernetes.io/headless";
    public const string LastChange = "endpoints.kubernetes.io/last-change-trigger-time";
    public const string SkipMirror = "endpointslice.kubernetes.io/skip-mirror";

    /// <summary>Labels that a Service's own ones never override.</summary>
    public static bool IsReserved(string name) => name is ServiceName or ManagedBy or Headless;
}
