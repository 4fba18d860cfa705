using Sampan.Api;
using Sampan.Api.Core.V1;
using Sampan.Api.Storage.V1;
using Sampan.ApiServer.Registry.Core;
using Sampan.ApiServer.Registry.Validation;

namespace Sampan.ApiServer.Registry.Storage;

/// <summary>Storage classes: what volumes of the class are like is fixed when it is made.</summary>
internal sealed class StorageClassStrategy : Strategy<StorageClass>
{
    public override bool ReturnDeletedObject => true;

    protected override void Default(StorageClass storage)
    {
        storage.ReclaimPolicy ??= "Delete";
        storage.VolumeBindingMode ??= "Immediate";
    }

    protected override void Validate(WriteContext context, StorageClass storage, FieldErrors errors)
    {
        ClassParameterValidation.Driver(storage.Provisioner, FieldPath.Of("provisioner"), errors);
        ClassParameterValidation.Parameters(storage.Parameters, mayBeEmpty: true, errors);
        FieldChecks.OneOf(FieldPath.Of("reclaimPolicy"), storage.ReclaimPolicy, errors, "Delete", "Retain");
        FieldChecks.OneOf(FieldPath.Of("volumeBindingMode"), storage.VolumeBindingMode, errors, "Immediate", "WaitForFirstConsumer");
        Topologies(storage.AllowedTopologies, FieldPath.Of("allowedTopologies"), errors);
    }

    protected override void ValidateUpdate(WriteContext context, StorageClass storage, StorageClass old, FieldErrors errors)
    {
        Frozen(FieldChecks.AreEqual(storage.Parameters, old.Parameters), "parameters", errors);
        Frozen(storage.Provisioner == old.Provisioner, "provisioner", errors);
        Frozen(storage.ReclaimPolicy == old.ReclaimPolicy, "reclaimPolicy", errors);
        FieldChecks.Same(FieldPath.Of("volumeBindingMode"), storage.VolumeBindingMode, old.VolumeBindingMode, errors);
    }

    protected override IEnumerable<string> Warnings(WriteContext context, StorageClass storage, StorageClass? old) =>
        from term in storage.AllowedTopologies.OrEmpty().Index()
        from expression in term.Item.MatchLabelExpressions.OrEmpty().Index()
        let use = NodeLabelWarnings.Of(expression.Item.Key)
        where use is not null
        select $"{FieldPath.Of("allowedTopologies").Index(term.Index).Child("matchLabelExpressions").Index(expression.Index)}: {use}";

    private static void Frozen(bool isSame, string field, FieldErrors errors)
    {
        if (!isSame)
        {
            errors.Forbidden(FieldPath.Of(field), $"updates to {field} are forbidden.");
        }
    }

    private static void Topologies(List<TopologySelectorTerm>? terms, FieldPath path, FieldErrors errors)
    {
        var before = new Dictionary<HashSet<(string Key, string Values)>, int>(HashSet<(string Key, string Values)>.CreateSetComparer());
        foreach (var (index, term) in terms.OrEmpty().Index())
        {
            var at = path.Index(index).Child("matchLabelExpressions");
            Term(term, at, errors);
            // Upstream compares each term with as many empty ones as there are terms, before it comes to the others.
            var meaning = Meaning(term);
            var others = before.GetValueOrDefault(meaning);
            before[meaning] = others + 1;
            for (var twins = others + (MeansNothing(term) ? terms!.Count : 0); twins > 0 && errors.Count < FieldErrors.MaxKept; twins--)
            {
                errors.Duplicate(at, "");
            }
        }
    }

    private static bool MeansNothing(TopologySelectorTerm term) => term.MatchLabelExpressions.OrEmpty().Count == 0;

    /// <summary>Keys with their values, in which order they ever are.</summary>
    private static HashSet<(string Key, string Values)> Meaning(TopologySelectorTerm term) =>
    [
        .. term.MatchLabelExpressions.OrEmpty().DistinctBy(expression => expression.Key)
            .Select(expression => (expression.Key, string.Join(',', expression.Values.Order(StringComparer.Ordinal).Distinct()))),
    ];

    private static void Term(TopologySelectorTerm term, FieldPath path, FieldErrors errors)
    {
        var keys = new HashSet<string>();
        foreach (var (index, expression) in term.MatchLabelExpressions.OrEmpty().Index())
        {
            var at = path.Index(index);
            if (expression.Values.Count == 0)
            {
                errors.Required(at.Child("values"));
            }
            var values = new HashSet<string>();
            foreach (var (place, value) in expression.Values.Index())
            {
                if (!values.Add(value))
                {
                    errors.Duplicate(at.Child("values").Index(place), value);
                }
            }
            errors.Invalid(at.Child("key"), expression.Key, Names.IsQualifiedName(expression.Key));
            if (!keys.Add(expression.Key))
            {
                errors.Duplicate(at.Child("key"), expression.Key);
            }
        }
    }
}
