using Sampan.Api;
using Sampan.Api.Core.V1;
using Sampan.ApiServer.Registry.Core;

namespace Sampan.ApiServer.Registry.Resource;

/// <summary>Checks of which nodes can use devices.</summary>
internal static class NodeSelectorChecks
{
    public static void Validate(NodeSelector? selector, FieldPath path, FieldErrors errors)
    {
        if (selector is null)
        {
            return;
        }
        if (selector.NodeSelectorTerms.Count == 0)
        {
            errors.Required(path.Child("nodeSelectorTerms"), "must have at least one node selector term");
        }
        foreach (var (index, term) in selector.NodeSelectorTerms.Index())
        {
            NodeSelectorValidation.Term(term, path.Child("nodeSelectorTerms").Index(index), errors);
        }
    }
}
