using Sampan.Api;
using Sampan.Api.Apps.V1;
using Sampan.ApiServer.Registry.Core;
using Sampan.ApiServer.Registry.Validation;

namespace Sampan.ApiServer.Registry.Apps;

/// <summary>Deployments. Their generation also counts changes of annotations, which controllers copy to replica sets.</summary>
internal sealed class DeploymentStrategyRules() : SpecStatusStrategy<Deployment>(Parts)
{
    private static readonly SpecStatus<Deployment> Parts = new(
        (from, to) => to.Spec = from.Spec,
        (from, to) => to.Status = from.Status,
        deployment => deployment.Status = new DeploymentStatus(),
        (a, b) => a.Spec.DeepEquals(b.Spec) && FieldChecks.AreEqual(a.Metadata.Annotations, b.Metadata.Annotations))
    {
        PodsOf = deployment => deployment.Spec.Template.Spec,
    };

    protected override void Default(Deployment deployment)
    {
        var spec = deployment.Spec;
        spec.Replicas ??= 1;
        spec.RevisionHistoryLimit ??= 10;
        spec.ProgressDeadlineSeconds ??= 600;
        if (string.IsNullOrEmpty(spec.Strategy.Type))
        {
            spec.Strategy.Type = "RollingUpdate";
        }
        if (spec.Strategy.Type == "RollingUpdate")
        {
            spec.Strategy.RollingUpdate ??= new RollingUpdateDeployment();
            spec.Strategy.RollingUpdate.MaxUnavailable ??= "25%";
            spec.Strategy.RollingUpdate.MaxSurge ??= "25%";
        }
        PodDefaults.ApplyTemplate(spec.Template.Spec);
    }

    protected override void Validate(WriteContext context, Deployment deployment, FieldErrors errors) =>
        DeploymentValidation.Validate(deployment.Spec, null, errors);

    protected override void ValidateUpdate(WriteContext context, Deployment deployment, Deployment old, FieldErrors errors)
    {
        DeploymentValidation.Validate(deployment.Spec, old.Spec, errors);
        WorkloadValidation.ImmutableSelector(deployment.Spec.Selector, old.Spec.Selector, errors);
    }

    protected override void PrepareStatusForUpdate(WriteContext context, Deployment deployment, Deployment old) =>
        deployment.Metadata.Labels = old.Metadata.Labels;

    protected override void ValidateStatusUpdate(WriteContext context, Deployment deployment, Deployment old, FieldErrors errors) =>
        DeploymentValidation.ValidateStatus(deployment.Status, old.Status, errors);

    protected override IEnumerable<string> Warnings(WriteContext context, Deployment deployment, Deployment? old) =>
    [
        .. old is null ? WorkloadWarnings.OfName(deployment.Metadata.Name) : [],
        .. WorkloadWarnings.OfTemplate(deployment, old, deployment.Spec.Template, FieldPath.Of("spec", "template")),
    ];
}
