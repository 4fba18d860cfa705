namespace Sampan.Kubelet.Devices;

/// <summary>A resource that is not Kubernetes' own, such as <c>example.com/gpu</c>.</summary>
internal static class ExtendedResource
{
    public static bool IsName(string name) =>
        name.Split('/') is [{ Length: > 0 }, { Length: > 0 }] && !name.Contains("kubernetes.io/", StringComparison.Ordinal) && !name.StartsWith("requests.", StringComparison.Ordinal);
}
