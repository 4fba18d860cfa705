using Sampan.Api;
using Sampan.Api.Core.V1;

namespace Sampan.ApiServer.Tests.Admission;

/// <summary>Pods for admission to look at.</summary>
internal static class AdmissionPods
{
    public static Pod Of(string name, string? request = null, string? limit = null, Action<PodSpec>? change = null)
    {
        var pod = new Pod
        {
            Metadata = new() { Name = name, Namespace = "default" },
            Spec = new()
            {
                Containers =
                [
                    new()
                    {
                        Name = "a",
                        Image = "busybox",
                        Resources = new()
                        {
                            Requests = request is null ? null : new() { ["cpu"] = Quantity.Parse(request) },
                            Limits = limit is null ? null : new() { ["cpu"] = Quantity.Parse(limit) },
                        },
                    },
                ],
            },
        };
        change?.Invoke(pod.Spec);
        return pod;
    }
}
