namespace Sampan.Client;

/// <summary>The verbs of resource requests, as RBAC names them.</summary>
public static class ApiVerbs
{
    public const string Get = "get";
    public const string List = "list";
    public const string Watch = "watch";
    public const string Create = "create";
    public const string Update = "update";
    public const string Patch = "patch";
    public const string Delete = "delete";
    public const string DeleteCollection = "deletecollection";

    /// <summary>The HTTP method that carries a verb.</summary>
    public static string Method(string verb) => verb switch
    {
        Create or "post" => "POST",
        Update or "put" => "PUT",
        Patch => "PATCH",
        Delete or DeleteCollection => "DELETE",
        "head" => "HEAD",
        "options" => "OPTIONS",
        _ => "GET",
    };
}
