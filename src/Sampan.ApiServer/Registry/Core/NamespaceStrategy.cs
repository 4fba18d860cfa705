using Sampan.Api;
using Sampan.Api.Core.V1;
using Sampan.ApiServer.Registry.Validation;

namespace Sampan.ApiServer.Registry.Core;

/// <summary>
/// Namespaces. A deletion only marks the namespace; it goes when its contents are gone, which the namespace controller says by emptying
/// spec.finalizers.
/// </summary>
internal sealed class NamespaceStrategy() : SpecStatusStrategy<Namespace>(Parts, hasGeneration: false)
{
    private const string NameLabel = "kubernetes.io/metadata.name";

    private static readonly SpecStatus<Namespace> Parts = new(
        (from, to) => to.Spec = from.Spec,
        (from, to) => to.Status = from.Status,
        ns => ns.Status = new NamespaceStatus(),
        (a, b) => a.Spec.DeepEquals(b.Spec));

    public UpdateStrategy Finalize { get; } = new FinalizePart();

    public override NameCheck NameCheck => NameChecks.Label;

    public override IReadOnlyList<string> SelectableFieldNames { get; } = ["status.phase"];

    protected override IReadOnlyList<string> SelectableFieldValues(Namespace ns) => [ns.Status.Phase ?? ""];

    protected override void Default(Namespace ns)
    {
        if (!string.IsNullOrEmpty(ns.Metadata.Name))
        {
            ns.Metadata.Labels ??= [];
            ns.Metadata.Labels[NameLabel] = ns.Metadata.Name;
        }
        ns.Status.Phase = string.IsNullOrEmpty(ns.Status.Phase) ? "Active" : ns.Status.Phase;
    }

    protected override void PrepareSpecForCreate(WriteContext context, Namespace ns)
    {
        ns.Status.Phase = "Active";
        ns.Spec.Finalizers ??= [];
        if (!ns.Spec.Finalizers.Contains("kubernetes"))
        {
            ns.Spec.Finalizers.Add("kubernetes");
        }
    }

    protected override void PrepareSpecForUpdate(WriteContext context, Namespace ns, Namespace old) => ns.Spec.Finalizers = old.Spec.Finalizers;

    protected override bool MarkForDeletion(WriteContext context, Namespace ns)
    {
        if (ns.Spec.Finalizers.OrEmpty().Count == 0)
        {
            return false;
        }
        ns.Status.Phase = "Terminating";
        return true;
    }

    protected override bool IsDeletedByUpdate(Namespace ns, Namespace old) =>
        ns.Metadata.DeletionTimestamp is not null
        && ns.Metadata.Finalizers.OrEmpty().Count == 0
        && ns.Spec.Finalizers.OrEmpty().Count == 0;

    protected override void Validate(WriteContext context, Namespace ns, FieldErrors errors)
    {
        foreach (var finalizer in ns.Spec.Finalizers.OrEmpty())
        {
            ObjectMetaValidation.ValidateFinalizerName(finalizer, FieldPath.Of("spec").Child("finalizers"), errors);
        }
    }

    /// <summary>Nothing of a namespace's own can change here.</summary>
    protected override void ValidateUpdate(WriteContext context, Namespace ns, Namespace old, FieldErrors errors)
    {
    }

    protected override void ValidateStatusUpdate(WriteContext context, Namespace ns, Namespace old, FieldErrors errors)
    {
        var path = FieldPath.Of("status").Child("Phase");
        var deleting = ns.Metadata.DeletionTimestamp is not null;
        if (deleting && ns.Status.Phase != "Terminating")
        {
            errors.Invalid(path, ns.Status.Phase, "may only be 'Terminating' if `deletionTimestamp` is not empty");
        }
        if (!deleting && ns.Status.Phase != "Active")
        {
            errors.Invalid(path, ns.Status.Phase, "may only be 'Active' if `deletionTimestamp` is empty");
        }
    }

    /// <summary>Changes spec.finalizers and nothing else.</summary>
    private sealed class FinalizePart : UpdateStrategy
    {
        public override void PrepareForUpdate(WriteContext context, IObject obj, IObject old) =>
            ((Namespace)obj).Status = ((Namespace)old).Status;

        public override FieldErrors ValidateUpdate(WriteContext context, IObject obj, IObject old)
        {
            var errors = new FieldErrors();
            foreach (var (index, finalizer) in ((Namespace)obj).Spec.Finalizers.OrEmpty().Index())
            {
                ObjectMetaValidation.ValidateFinalizerName(finalizer, FieldPath.Of("spec").Child("finalizers").Index(index), errors);
            }
            return errors;
        }
    }
}
