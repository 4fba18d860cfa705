using Sampan.Api.Batch.V1;
using Sampan.Api.Core.V1;
using Sampan.ControllerManager.Common;

namespace Sampan.ControllerManager.Jobs;

/// <summary>A Job's pods as they are created: tracked by a finalizer, and told their index if they have one.</summary>
internal static class JobPods
{
    private const string IndexVariable = "JOB_COMPLETION_INDEX";

    public static Pod Draft(JobSync sync, int? index)
    {
        var job = sync.Job;
        var pod = PodFactory.FromTemplate(job.Spec.Template, job);
        (pod.Metadata.Finalizers ??= []).Add(JobFinalizers.Name);
        if (index is not { } number) return pod;
        SetIndex(pod, job, number);
        JobIndexFailures.Mark(pod, sync, number);
        return pod;
    }

    private static void SetIndex(Pod pod, Job job, int index)
    {
        pod.Metadata.GenerateName = $"{job.Metadata.Name}-{index}-";
        (pod.Metadata.Annotations ??= [])[JobIndexes.Annotation] = $"{index}";
        (pod.Metadata.Labels ??= [])[JobIndexes.Annotation] = $"{index}";
        pod.Spec.Hostname = $"{job.Metadata.Name}-{index}";
        foreach (var container in pod.Spec.Containers.Concat(pod.Spec.InitContainers.OrEmpty()))
        {
            var environment = container.Env ??= [];
            if (environment.Exists(e => e.Name == IndexVariable)) continue;
            environment.Add(new EnvVar
            {
                Name = IndexVariable,
                ValueFrom = new EnvVarSource
                {
                    FieldRef = new ObjectFieldSelector { ApiVersion = "v1", FieldPath = $"metadata.labels['{JobIndexes.Annotation}']" },
                },
            });
        }
    }
}
