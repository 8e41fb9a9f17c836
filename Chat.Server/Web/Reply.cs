namespace Chat.Server.Web;

/// <summary>A refusal over plain HTTP: a status and one sentence.</summary>
internal static class Reply
{
    public static Task Refuse(this HttpContext context, int status, string sentence)
    {
        context.Response.StatusCode = status;
        return HttpMethods.IsHead(context.Request.Method) ? Task.CompletedTask : context.Response.WriteAsync(sentence + "\n");
    }

    /// <summary>A refusal that holds for a while only.</summary>
    public static Task RefuseFor(this HttpContext context, TimeSpan wait, int status, string sentence)
    {
        context.Response.Headers.RetryAfter = $"{Math.Ceiling(wait.TotalSeconds):0}";
        return context.Refuse(status, sentence);
    }
}
