using Sampan.Api;

namespace Sampan.ApiServer.Http.Resources;

/// <summary>A body must not contradict its path.</summary>
internal static class Writing
{
    public static void CheckName(IObject obj, string name)
    {
        if (string.IsNullOrEmpty(obj.Metadata.Name))
        {
            throw StatusException.BadRequest($"the name of the object ({name} based on URL) was undeterminable: name must be provided");
        }
        if (obj.Metadata.Name != name)
        {
            throw StatusException.BadRequest($"the name of the object ({obj.Metadata.Name}) does not match the name on the URL ({name})");
        }
    }

    public static void CheckNamespace(IObject obj, string ns, KindInfo kind)
    {
        if (!kind.Namespaced)
        {
            // A namespace in an object that has none is taken out, as clients that fill it in everywhere expect.
            obj.Metadata.Namespace = "";
            return;
        }
        if (string.IsNullOrEmpty(obj.Metadata.Namespace))
        {
            obj.Metadata.Namespace = ns;
        }
        if (obj.Metadata.Namespace != ns)
        {
            throw StatusException.BadRequest("the namespace of the provided object does not match the namespace sent on the request");
        }
    }
}
