using Sampan.Api;
using Sampan.Api.Apps.V1;
using Sampan.Api.Batch.V1;
using Sampan.Api.Core.V1;

namespace Sampan.ApiServer.Admission.PodSecurity;

/// <summary>The pods that an object will make.</summary>
internal static class PodTemplates
{
    public static PodTemplateSpec? Of(IObject? obj) => obj switch
    {
        Deployment one => one.Spec.Template,
        ReplicaSet one => one.Spec.Template,
        StatefulSet one => one.Spec.Template,
        DaemonSet one => one.Spec.Template,
        ReplicationController one => one.Spec.Template,
        Job one => one.Spec.Template,
        CronJob one => one.Spec.JobTemplate.Spec.Template,
        PodTemplate one => one.Template,
        _ => null,
    };

    public static PodTemplateSpec Of(Pod pod) => new() { Metadata = pod.Metadata, Spec = pod.Spec };
}
