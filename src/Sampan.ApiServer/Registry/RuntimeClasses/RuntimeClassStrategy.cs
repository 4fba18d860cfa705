using Sampan.Api;
using Sampan.Api.Core.V1;
using Sampan.Api.Node.V1;
using Sampan.ApiServer.Registry.Core;
using Sampan.ApiServer.Registry.Validation;

namespace Sampan.ApiServer.Registry.RuntimeClasses;

/// <summary>Runtime classes: which handler they mean never changes.</summary>
internal sealed class RuntimeClassStrategy : Strategy<RuntimeClass>
{
    public override bool AllowCreateOnUpdate => true;

    public override bool AllowUnconditionalUpdate => false;

    protected override void Validate(WriteContext context, RuntimeClass runtime, FieldErrors errors)
    {
        errors.Invalid(FieldPath.Of("handler"), runtime.Handler, Names.IsDns1123Label(runtime.Handler));
        if (runtime.Overhead is { } overhead)
        {
            ResourceValidation.Validate(new ResourceRequirements { Limits = overhead.PodFixed }, FieldPath.Of("overhead"), errors);
        }
        if (runtime.Scheduling is { } scheduling)
        {
            var path = FieldPath.Of("scheduling");
            ObjectMetaValidation.ValidateLabels(scheduling.NodeSelector, path.Child("nodeSelector"), errors);
            Tolerations(scheduling.Tolerations, path.Child("tolerations"), errors);
        }
    }

    protected override void ValidateUpdate(WriteContext context, RuntimeClass runtime, RuntimeClass old, FieldErrors errors) =>
        FieldChecks.Same(FieldPath.Of("handler"), runtime.Handler, old.Handler, errors);

    protected override IEnumerable<string> Warnings(WriteContext context, RuntimeClass runtime, RuntimeClass? old) =>
        from key in (runtime.Scheduling?.NodeSelector).OrEmpty().Keys
        let use = NodeLabelWarnings.Of(key)
        where use is not null
        select $"{FieldPath.Of("scheduling", "nodeSelector")}: {use}";

    private static void Tolerations(List<Toleration>? tolerations, FieldPath path, FieldErrors errors)
    {
        PodSchedulingValidation.ValidateTolerations(tolerations, path, errors);
        var seen = new HashSet<(string?, string?, string?, string?, long?)>();
        foreach (var (index, toleration) in tolerations.OrEmpty().Index())
        {
            if (!seen.Add((toleration.Key, toleration.Operator, toleration.Value, toleration.Effect, toleration.TolerationSeconds)))
            {
                errors.Duplicate(path.Index(index), toleration);
            }
        }
    }
}
