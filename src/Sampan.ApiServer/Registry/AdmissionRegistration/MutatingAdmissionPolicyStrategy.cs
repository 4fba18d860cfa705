using Sampan.Api;
using Sampan.Api.AdmissionRegistration.V1;
using Sampan.ApiServer.Registry.Validation;

namespace Sampan.ApiServer.Registry.AdmissionRegistration;

/// <summary>Mutating admission policies.</summary>
internal sealed class MutatingAdmissionPolicyStrategy() : SpecStatusStrategy<MutatingAdmissionPolicy>(Parts)
{
    private static readonly SpecStatus<MutatingAdmissionPolicy> Parts = new(
        (_, _) => { }, (_, _) => { }, _ => { }, (a, b) => a.Spec.DeepEquals(b.Spec));

    public override bool AllowsBareFinalizers => true;

    public override bool AllowUnconditionalUpdate => false;

    protected override void Default(MutatingAdmissionPolicy policy)
    {
        policy.Spec.FailurePolicy ??= "Fail";
        MatchResourcesDefaults.Apply(policy.Spec.MatchConstraints);
    }

    protected override void Validate(WriteContext context, MutatingAdmissionPolicy policy, FieldErrors errors)
    {
        var (spec, path) = (policy.Spec, FieldPath.Of("spec"));
        PolicyValidation.FailurePolicy(spec.FailurePolicy, path.Child("failurePolicy"), errors);
        PolicyValidation.Kind(spec.ParamKind, path.Child("paramKind"), errors);
        PolicyValidation.Constraints(spec.MatchConstraints, path.Child("matchConstraints"), errors);
        MatchConditionValidation.Validate(spec.MatchConditions, path.Child("matchConditions"), errors);
        PolicyValidation.Variables(spec.Variables, path.Child("variables"), errors);
        if (spec.Mutations.OrEmpty().Count == 0)
        {
            errors.Required(path.Child("mutations"), "mutations must contain at least one item");
        }
        foreach (var (index, mutation) in spec.Mutations.OrEmpty().Index())
        {
            ValidateMutation(mutation, path.Child("mutations").Index(index), errors);
        }
        FieldChecks.RequiredOneOf(path.Child("reinvocationPolicy"), spec.ReinvocationPolicy, errors, "IfNeeded", "Never");
    }

    private static void ValidateMutation(Mutation mutation, FieldPath path, FieldErrors errors)
    {
        FieldChecks.RequiredOneOf(path.Child("patchType"), mutation.PatchType, errors, "ApplyConfiguration", "JSONPatch");
        Part(mutation.PatchType == "ApplyConfiguration", mutation.ApplyConfiguration is not null, mutation.ApplyConfiguration?.Expression,
            path.Child("applyConfiguration"), "ApplyConfiguration", errors);
        Part(mutation.PatchType == "JSONPatch", mutation.JsonPatch is not null, mutation.JsonPatch?.Expression,
            path.Child("jsonPatch"), "JSONPatch", errors);
    }

    private static void Part(bool isWanted, bool isThere, string? expression, FieldPath path, string type, FieldErrors errors)
    {
        if (isWanted && !isThere)
        {
            errors.Required(path, $"must be specified when patchType is {type}");
        }
        else if (!isWanted && isThere)
        {
            errors.Invalid(path, FieldError.Omitted, $"must not be specified when patchType is not {type}");
        }
        else if (isWanted)
        {
            FieldChecks.Required(path.Child("expression"), expression?.Trim(), errors, "expression is not specified");
        }
    }
}
