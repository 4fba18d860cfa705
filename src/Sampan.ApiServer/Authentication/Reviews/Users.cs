using Model = Sampan.Api.Authentication.V1;

namespace Sampan.ApiServer.Authentication.Reviews;

/// <summary>Users as the API's objects name them.</summary>
internal static class Users
{
    public static Model.UserInfo ToApi(UserInfo user) => new()
    {
        Username = user.Name,
        Uid = user.Uid.Length == 0 ? null : user.Uid,
        Groups = user.Groups.Count == 0 ? null : [.. user.Groups],
        Extra = user.Extra.Count == 0 ? null : user.Extra.ToDictionary(e => e.Key, e => e.Value.ToList()),
    };
}
